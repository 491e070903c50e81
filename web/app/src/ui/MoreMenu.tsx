import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Icon, type IconName } from './Icon';

export type Action = { id: string; word: string; icon: IconName; act: () => void };

/** What else can be done here, behind a button. */
export function MoreMenu({ actions, label = 'More' }: { actions: readonly Action[]; label?: string }) {
  return (
    <MenuTrigger>
      <Button className="btn" aria-label={label}>
        <Icon name="more" />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" aria-label={label} onAction={(key) => actions.find((one) => one.id === key)?.act()}>
          {actions.map((one) => (
            <MenuItem key={one.id} id={one.id} textValue={one.word} className="menu-item">
              <Icon name={one.icon} />
              <span>{one.word}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
