import { ChevronDownIcon, DropdownMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { changeSession, useSession } from '../src/api/session';
import { purposes as said } from '../src/ui/words';
import type { Example } from './examples';
import type { Purposes } from './purposes';
import icon from './icon.svg';

export function Header({ examples, purposes }: { examples: Example[]; purposes: Purposes }) {
  return (
    <header className="kith-header">
      <h1>
        <img src={icon} alt="" /> Kith
      </h1>
      {examples.length > 0 && <ExamplesMenu examples={examples} />}
      <a className="kith-explorer" href="./">
        Explorer
      </a>
      {purposes.all.length > 0 && <PurposeSwitch purposes={purposes} />}
    </header>
  );
}

/** What answers are asked for: the same as in the explorer, in this tab. */
function PurposeSwitch({ purposes }: { purposes: Purposes }) {
  const { purpose } = useSession();
  return (
    <label className="kith-purpose">
      For
      <select value={purpose ?? ''} onChange={(event) => changeSession({ purpose: purposes.all.find((one) => one === event.target.value) ?? null })}>
        <option value="">{purposes.standing ? `${said[purposes.standing].word}, as the server has it` : 'what? Choose a purpose'}</option>
        {purposes.all.map((one) => (
          <option key={one} value={one}>
            {said[one].word}
          </option>
        ))}
      </select>
    </label>
  );
}

function ExamplesMenu({ examples }: { examples: Example[] }) {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions();
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL((state) => ({
    tabs: state.tabs,
    activeTabIndex: state.activeTabIndex,
    queryEditor: state.queryEditor,
    variableEditor: state.variableEditor,
  }));

  function open({ query, variables }: Example) {
    if (!queryEditor || !variableEditor) return;

    // Going back to an untouched example should not pile up tabs.
    const openAlready = tabs.findIndex(
      (tab) => tab.query === query && (tab.variables ?? '') === variables,
    );
    if (openAlready >= 0) {
      if (openAlready !== activeTabIndex) changeTab(openAlready);
      return;
    }

    // The user's own text stays: only an empty tab is filled in place.
    if (queryEditor.getValue().trim() || variableEditor.getValue().trim()) addTab();
    // The editors report a change with a delay, in which the user may already
    // leave the tab; hence the tab learns of it here.
    updateActiveTabValues({ query, variables, operationName: null });
    variableEditor.setValue(variables);
    queryEditor.setValue(query);
    queryEditor.focus();
  }

  return (
    <DropdownMenu>
      <DropdownMenu.Button className="kith-examples" disabled={!queryEditor || !variableEditor}>
        Examples <ChevronDownIcon />
      </DropdownMenu.Button>
      <DropdownMenu.Content
        className="kith-examples-menu"
        // Focus belongs to the editor now, not back to the button.
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        {examples.map((example) => (
          <DropdownMenu.Item key={example.name} onSelect={() => open(example)}>
            {example.name}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu>
  );
}
