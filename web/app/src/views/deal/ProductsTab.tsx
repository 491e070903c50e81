import { useAnswer } from '../../api/use-answer';
import { useAsOf } from '../../route';
import { Await, Empty } from '../../ui/states';
import { Box, Chip, Field, Money, Name } from '../../ui/values';
import { count } from '../../ui/words';
import { ProductsQuery } from './queries';

/** What is to be sold: how many of each, and at which price. It has no history. */
export function ProductsTab({ id }: { id: string }) {
  const asOf = useAsOf();
  const answer = useAnswer(ProductsQuery, { id, after: null });
  return (
    <Box title="Products" n={answer.data?.deal?.products?.totalCount} more={asOf ? <Chip>today’s value</Chip> : undefined}>
      <Await answer={answer} rows={4}>
        {({ deal }) => {
          if (!deal) return null;
          if (!deal.products) {
            return (
              <p className="pad">
                <Field of={deal} field="products" />
              </p>
            );
          }
          if (deal.products.edges.length === 0) return <Empty>No product is named in this deal.</Empty>;
          return (
            <>
              <table className="table cards">
                <caption className="sr">Products of the deal</caption>
                <thead>
                  <tr>
                    <th scope="col">Product</th>
                    <th scope="col">Kind</th>
                    <th scope="col" className="num">
                      Quantity
                    </th>
                    <th scope="col" className="num">
                      Price of one
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {deal.products.edges.map(({ node, properties }) => (
                    <tr key={node.id}>
                      <td className="strong">
                        <Name of={node} />
                      </td>
                      <td>
                        <Field of={node} field="category" />
                      </td>
                      <td className="num" data-word="Quantity">
                        {properties.quantity === null ? <span className="faint">not said</span> : count(properties.quantity)}
                      </td>
                      <td className="num" data-word="Price of one">
                        {properties.unitPrice === null ? <span className="faint">not said</span> : <Money of={properties.unitPrice} />}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
              {deal.products.pageInfo.hasNextPage && (
                <p className="pad soft sm">
                  These are the first {deal.products.edges.length} of {count(deal.products.totalCount ?? 0)}.
                </p>
              )}
            </>
          );
        }}
      </Await>
    </Box>
  );
}
