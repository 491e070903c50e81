import { changeParams, useRoute } from '../../route';
import { Choice } from '../../ui/Choice';

const spans = [
  ['P30D', '30 days'],
  ['P90D', '90 days'],
  ['P180D', '180 days'],
] as const;

/** How long after a hidden event is looked at: as the API takes it, in words, and in days. */
export function useSpan() {
  const { window } = useRoute().params;
  const [span, word] = spans.find(([one]) => one === window) ?? spans[1];
  return { span, word, days: parseInt(word, 10) };
}

/** Whether companies are compared with others, and not customers. */
export const useOfAccounts = () => useRoute().params.compared === 'companies';

/** The choices of both, which stand in the address. */
export const SpanChoices = () => (
  <div className="hidden-spans">
    <Choice word="How long after it" value={useSpan().span} options={spans} choose={(window) => changeParams({ window })} />
    <Choice
      word="Who is compared"
      value={useOfAccounts() ? 'companies' : ''}
      options={[['', 'Customers'], ['companies', 'Companies']]}
      choose={(compared) => changeParams({ compared: compared || null, outcome: null })}
    />
  </div>
);
