import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import type { Purpose } from '../api/graphql';
import { changeSession } from '../api/session';
import { Icon } from '../ui/Icon';
import { purposes } from '../ui/words';
import type { Viewer } from './viewer';

/** What the page is for. Another purpose keeps the place and shows the other slice. */
export function PurposeSwitch({ viewer, open, onOpen }: { viewer: Viewer; open: boolean; onOpen: (open: boolean) => void }) {
  const now = viewer.purpose;
  return (
    <MenuTrigger isOpen={open} onOpenChange={onOpen}>
      <Button className="purpose">
        <Icon name={now ? purposes[now].icon : 'lock'} />
        <span>
          <span className="for">For </span>
          {now ? purposes[now].word : 'what?'}
          <span className="sr">, the purpose of this page</span>
        </span>
        <Icon name="down" small />
      </Button>
      <Popover className="popover" placement="bottom end">
        <p className="popover-head">What will you use the answer for?</p>
        <Menu
          className="menu"
          aria-label="Purpose"
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={now ? [now] : []}
          onSelectionChange={(keys) => {
            const [chosen] = keys as Set<Purpose>;
            if (chosen) changeSession({ purpose: chosen });
          }}
        >
          {viewer.purposes.map((purpose) => (
            <MenuItem key={purpose} id={purpose} textValue={purposes[purpose].word} className="menu-item" data-purpose={purpose}>
              <Icon name={purposes[purpose].icon} />
              <span>
                <b>{purposes[purpose].word}</b>
                <span className="menu-about">{purposes[purpose].about}</span>
              </span>
              {purpose === now && <Icon name="check" small />}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
