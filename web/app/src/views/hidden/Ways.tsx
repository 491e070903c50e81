import { count, counted } from '../../ui/words';
import type { Exposed } from './Exposure';

type Way = Exposed['ways'][number];

const names: Record<Way['way'], [word: string, thing?: string]> = {
  PRODUCT: ['Had subscribed to the product', 'subscription'],
  SUBSCRIPTION: ['Held the subscription, or their company did', 'subscription'],
  LOCATION: ['Live there, or their company is there', 'place'],
  ACCOUNT: ['Worked at the company'],
  FAMILY: ['Worked at one below it in the family'],
  PERSON: ['Were reached themselves'],
};

/** By which ways it reached them; who was reached by several is in each. */
export function Ways({ ways }: { ways: readonly Way[] }) {
  return (
    <table className="table cards ways">
      <caption className="sr">The ways by which it reached companies and customers; who was reached by several is in each</caption>
      <thead>
        <tr>
          <th scope="col">How it reached them</th>
          <th scope="col">Led there</th>
          <th scope="col" className="num">Companies</th>
          <th scope="col" className="num">Customers</th>
        </tr>
      </thead>
      <tbody>
        {ways.map(({ way, things, accounts, customers }) => {
          const [word, thing] = names[way];
          return (
            <tr key={way}>
              <td className="wide">{word}</td>
              <td className="wide soft">{thing ? counted(things, thing) : 'directly'}</td>
              <td className="num" data-word="companies">{count(accounts)}</td>
              <td className="num" data-word="customers">{count(customers)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
