import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { RefObject } from 'react';
import { toast } from '../frame/toast';
import { useViewer } from '../frame/viewer';
import { useRoute } from '../route';
import { Icon } from './Icon';
import { dayLong, purposes } from './words';

// What makes a shape look as it does on the page: classes say nothing in a file.
const looks = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-opacity', 'opacity', 'paint-order', 'font-family', 'font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'text-decoration', 'visibility', 'display'];
const margin = 16;
const footer = 36;
const svgName = 'http://www.w3.org/2000/svg';

/** A copy of a picture that stands alone: with its looks written down, on its ground, and with a line below that says what it is of. */
function standing(picture: SVGSVGElement, line: string): SVGSVGElement {
  const copy = picture.cloneNode(true) as SVGSVGElement;
  const from = [picture, ...picture.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(from[i]);
    for (const name of looks) {
      const value = style.getPropertyValue(name);
      if (value) element.setAttribute(name, value);
    }
    element.removeAttribute('class');
    element.removeAttribute('style');
    element.removeAttribute('tabindex');
  });
  // As large as it is by itself, however it is shown.
  const { width, height } = picture.hasAttribute('viewBox') ? picture.viewBox.baseVal : picture.getBoundingClientRect();
  const ground = getComputedStyle(document.querySelector('.main') ?? document.body);
  const whole = document.createElementNS(svgName, 'svg');
  const size = { width: width + 2 * margin, height: height + 2 * margin + footer };
  whole.setAttribute('xmlns', svgName);
  for (const [name, value] of Object.entries(size)) whole.setAttribute(name, String(value));
  const rectangle = document.createElementNS(svgName, 'rect');
  rectangle.setAttribute('width', '100%');
  rectangle.setAttribute('height', '100%');
  rectangle.setAttribute('fill', getComputedStyle(picture.closest('.box') ?? document.body).backgroundColor);
  const told = document.createElementNS(svgName, 'text');
  told.setAttribute('x', String(margin));
  told.setAttribute('y', String(size.height - margin));
  told.setAttribute('font-family', ground.fontFamily);
  told.setAttribute('font-size', '12');
  told.setAttribute('fill', ground.color);
  told.textContent = line;
  if (!copy.getAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${width} ${height}`);
  copy.setAttribute('x', String(margin));
  copy.setAttribute('y', String(margin));
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  whole.append(rectangle, copy, told);
  return whole;
}

function download(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** The picture drawn so many times as large; null: that is too large for the browser. */
function painted(image: HTMLImageElement, svg: SVGSVGElement, scale: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = scale * Number(svg.getAttribute('width'));
  canvas.height = scale * Number(svg.getAttribute('height'));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

async function asPNG(svg: SVGSVGElement, blob: Blob): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(blob);
  image.src = address;
  try {
    await image.decode();
    const png = (await painted(image, svg, 2)) ?? (await painted(image, svg, 1));
    if (!png) throw new Error('The picture is too large for the browser.');
    return png;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Saves the picture that stands in an element, as SVG or as PNG, with the purpose, the policy and the day in its footer. */
export function SavePicture({ of, name }: { of: RefObject<HTMLElement | null>; name: string }) {
  const viewer = useViewer();
  const { asOf } = useRoute().params;
  async function save(kind: 'svg' | 'png') {
    const picture = of.current?.querySelector('svg:not(.i)');
    if (!(picture instanceof SVGSVGElement)) throw new Error('The picture is not drawn yet.');
    const purpose = viewer.purpose ? purposes[viewer.purpose].word : 'no purpose';
    const line = `For ${purpose} · policy ${viewer.policy.version} · as of ${dayLong(asOf ?? new Date())}`;
    const svg = standing(picture, line);
    const blob = new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' });
    download(kind === 'svg' ? blob : await asPNG(svg, blob), `${name}.${kind}`);
  }
  return (
    <MenuTrigger>
      <Button className="btn small bare" aria-label="Save the picture">
        <Icon name="image" small />
        Save
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label="Save the picture" onAction={(key) => void save(key as 'svg' | 'png').catch((error: Error) => toast(`Nothing was saved. ${error.message}`))}>
          <MenuItem id="png" className="menu-item">
            <Icon name="image" />
            <span>As PNG</span>
          </MenuItem>
          <MenuItem id="svg" className="menu-item">
            <Icon name="code" />
            <span>As SVG</span>
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
