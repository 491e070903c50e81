import { Button } from 'react-aria-components/Button';
import { Header } from 'react-aria-components/Header';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select } from 'react-aria-components/Select';
import type { Purpose } from '../api/graphql';
import { changeSession } from '../api/session';
import { Icon } from '../ui/Icon';
import { purposes } from '../ui/words';
import type { Viewer } from './viewer';

/** What the page is for. Another purpose keeps the place and shows the other slice. */
export function PurposeSwitch({ viewer, open, onOpen }: { viewer: Viewer; open: boolean; onOpen: (open: boolean) => void }) {
  const now = viewer.purpose;
  return (
    <Select
      aria-label="Purpose"
      selectedKey={now}
      isOpen={open}
      onOpenChange={onOpen}
      onSelectionChange={(key) => changeSession({ purpose: key as Purpose })}
    >
      <Button className="purpose">
        <Icon name={now ? purposes[now].icon : 'lock'} />
        <span>
          <span className="for">For </span>
          {now ? purposes[now].word : 'what?'}
        </span>
        <Icon name="down" small />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Header className="popover-head">What will you use the answer for?</Header>
        <ListBox className="menu">
          {viewer.purposes.map((purpose) => (
            <ListBoxItem key={purpose} id={purpose} textValue={purposes[purpose].word} className="menu-item" data-purpose={purpose}>
              <Icon name={purposes[purpose].icon} />
              <span>
                <b>{purposes[purpose].word}</b>
                <span className="menu-about">{purposes[purpose].about}</span>
              </span>
              {purpose === now && <Icon name="check" small />}
            </ListBoxItem>
          ))}
        </ListBox>
      </Popover>
    </Select>
  );
}
