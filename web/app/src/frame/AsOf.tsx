import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog';
import { Popover } from 'react-aria-components/Popover';
import { changeParams, isDay, useRoute } from '../route';
import { Icon } from '../ui/Icon';
import { Day } from '../ui/WhenInput';
import { day } from '../ui/words';

/** As of which day the page asks. Another day than today has a dashed frame and a way back. */
export function AsOf({ open, onOpen }: { open: boolean; onOpen: (open: boolean) => void }) {
  const { asOf } = useRoute().params;
  const today = new Date().toISOString().slice(0, 10);
  const [typed, type] = useState<string>();
  const late = typed !== undefined && typed > today;
  useEffect(() => type(undefined), [open]);
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
          <Day
            word="As of the end of"
            autoFocus
            max={today}
            aria-invalid={late || undefined}
            aria-describedby={late ? 'as-of-late' : undefined}
            value={typed ?? asOf ?? today}
            onChange={(chosen) => {
              type(chosen);
              if (isDay(chosen) && chosen <= today) changeParams({ asOf: chosen === today ? null : chosen }, { replace: true });
            }}
          />
          {late && (
            <p className="error" role="alert" id="as-of-late">
              It is after today, and not taken.
            </p>
          )}
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
