import { useAnswer } from '../../api/use-answer';
import { None, Part } from '../../ui/Part';
import { Await } from '../../ui/states';
import { usePager } from '../../ui/usePager';
import { Box, Field, Name } from '../../ui/values';
import { day, words } from '../../ui/words';
import { CasesQuery } from './queries';

/** The cases of a company, newest first. */
export function Cases({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { after, turns } = usePager();
  const answer = useAnswer(CasesQuery, { id, asOf, after });
  return (
    <Box title="Cases" n={answer.data?.account?.cases?.totalCount}>
      <Await answer={answer} rows={4}>
        {({ account }) =>
          account && (
            <Part of={account} field="cases">
              {({ nodes, pageInfo }) =>
                nodes.length === 0 ? (
                  <None>None that you may see.</None>
                ) : (
                  <>
                    <table className="table cards">
                      <caption className="sr">Cases of the company</caption>
                      <thead>
                        <tr>
                          <th scope="col">Case</th>
                          <th scope="col">Status</th>
                          <th scope="col">Severity</th>
                          <th scope="col">Product</th>
                          <th scope="col">Opened</th>
                          <th scope="col">Resolved</th>
                        </tr>
                      </thead>
                      <tbody>
                        {nodes.map((one) => (
                          <tr key={one.id}>
                            <td>
                              <Name of={one} />
                              <span className="second" dir="auto">
                                <Field of={one} field="subject" none="without a subject" />
                              </span>
                            </td>
                            <td>
                              <Field of={one} field="status">{(status) => words(status)}</Field>
                            </td>
                            <td data-word="Severity">
                              <Field of={one} field="severity">{(severity) => words(severity)}</Field>
                            </td>
                            <td data-word="Product">
                              <Field of={one} field="product" none="none">
                                {(product) => <Name of={product} none="A product" />}
                              </Field>
                            </td>
                            <td data-word="Opened">
                              <Field of={one} field="openedAt">{(at) => day(at)}</Field>
                            </td>
                            <td data-word="Resolved">
                              <Field of={one} field="resolvedAt" none="not yet">{(at) => day(at)}</Field>
                            </td>
                          </tr>
                        ))}
                      </tbody>
                    </table>
                    {turns(pageInfo)}
                  </>
                )
              }
            </Part>
          )
        }
      </Await>
    </Box>
  );
}
