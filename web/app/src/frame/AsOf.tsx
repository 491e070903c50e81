import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { changeParams, useRoute } from '../route';
import { Icon } from '../ui/Icon';
import { day } from '../ui/words';

/** As of which day the page asks. Another day than today has a dashed frame and a way back. */
export function AsOf({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const { asOf } = useRoute().params;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <DialogTrigger isOpen={open} onOpenChange={onOpen}>
      <Button className={asOf ? 'btn as-of other-day' : 'btn as-of'}>
        <Icon name="calendar" />
        <span>
          <span className="for">As of </span>
          {asOf ? day(asOf) : 'today'}
        </span>
        <Icon name="down" small />
      </Button>
      <Popover className="popover" placement="bottom end">
        <Dialog className="as-of-dialog" aria-label="As of">
          <label className="field">
            <span>As of the end of</span>
            <input
              className="input"
              type="date"
              autoFocus
              max={today}
              defaultValue={asOf ?? today}
              onChange={(event) => {
                const chosen = event.target.value;
                if (/^\d{4}-\d{2}-\d{2}$/.test(chosen) && chosen <= today) changeParams({ asOf: chosen === today ? null : chosen }, { replace: true });
              }}
            />
          </label>
          <p className="hint">What has no history shows today’s value. Search and consents are always today’s.</p>
          {asOf && (
            <Button
              className="btn"
              onPress={() => {
                changeParams({ asOf: null });
                onOpen(false);
              }}
            >
              <Icon name="undo" />
              Back to today
            </Button>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
