import { Graphviz } from '@hpcc-js/wasm-graphviz';
import { at, headOf, LABEL, lengthOf, nodesOf, thicknessOf, type Line, type MapLayout, type Point } from './map-layout';
import { edgeKey, type Drawn } from './map-model';

/** Graphviz counts in points, and asks for inches. */
const inch = 72;
const margin = 16;

const inches = (points: number) => (points / inch).toFixed(3);

/** A map as Graphviz reads it. Names are numbers, so that none needs quotes. The limits end its search for something better early: it holds the page up. */
function dotOf(drawn: Drawn): string {
  const nodes = nodesOf(drawn);
  const ids = new Map(nodes.map(({ name }, index) => [name, index]));
  const thickness = thicknessOf(drawn.edges);
  const label = `<<table border="0" fixedsize="true" width="${LABEL.width}" height="${LABEL.height}"><tr><td></td></tr></table>>`;
  return `digraph { nodesep=0.2 ranksep=0.4 nslimit=2 nslimit1=2 mclimit=0.5 node [shape=box fixedsize=true label=""] edge [label=${label}]
${nodes.map(({ name, size }) => `${ids.get(name)} [width=${inches(size.width)} height=${inches(size.height)}]`).join('\n')}
${drawn.edges.map((edge, index) => `${ids.get(edge.from)} -> ${ids.get(edge.to)} [at=${index} arrowsize=${(lengthOf(thickness(edge)) / 10).toFixed(2)} weight=${Math.max(1, Math.round(Math.log2(edge.cases + 1)))}]`).join('\n')}
}`;
}

/** What Graphviz answers: positions in points from below, the middles of nodes, and lines as curves of Bézier behind the tip of their arrow. */
type Stood = { bb: string; objects: { name: string; pos: string }[]; edges?: { at: string; pos: string; lp: string }[] };

function read(stood: Stood, drawn: Drawn): MapLayout {
  const [, , width, height] = stood.bb.split(',').map(Number);
  const point = (text: string): Point => {
    const [x, y] = text.split(',').map(Number);
    return { x: x + margin, y: height - y + margin };
  };
  const middles = new Map(stood.objects.map(({ name, pos }) => [name, point(pos)]));
  const thickness = thicknessOf(drawn.edges);
  return {
    width: width + 2 * margin,
    height: height + 2 * margin,
    cards: nodesOf(drawn).map(({ name, size }, index) => {
      const { x, y } = middles.get(String(index))!;
      return { name, x: x - size.width / 2, y: y - size.height / 2, ...size };
    }),
    lines: (stood.edges ?? []).map(({ at: index, pos, lp }): Line => {
      const edge = drawn.edges[Number(index)];
      const parts = pos.split(' ');
      const tip = point(parts.find((part) => part.startsWith('e,'))!.slice(2));
      const [first, ...curve] = parts.filter((part) => !/^[es],/.test(part)).map(point);
      const width = thickness(edge);
      return { key: edgeKey(edge), edge, width, label: point(lp), path: `M${at(first)}C${curve.map(at).join(' ')}`, head: headOf(curve[curve.length - 1], tip, width) };
    }),
  };
}

/** Where Graphviz stands cards and lines. */
export async function layOutLarge(drawn: Drawn): Promise<MapLayout> {
  const graphviz = await Graphviz.load();
  return read(JSON.parse(graphviz.layout(dotOf(drawn), 'json')) as Stood, drawn);
}
