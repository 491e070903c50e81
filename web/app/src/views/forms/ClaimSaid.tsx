import { graphql, type ResultOf } from '../../api/graphql';
import { Field, Fact, Facts } from '../../ui/values';
import { day, words } from '../../ui/words';

export const ClaimQuery = graphql(`
  query ClaimToChange($id: ID!) {
    claim(id: $id) {
      id role stance confidence from to retractedAt
      customer { id displayName withheld { field reason purpose category since } }
      undertaking { __typename ... on Deal { id displayName } ... on Account { id displayName } }
      assertedBy { id displayName }
      citedInteractions(first: 100) { nodes { id } pageInfo { hasNextPage } }
      withheld { field reason purpose category since }
    }
  }
`);

export type ClaimNow = NonNullable<ResultOf<typeof ClaimQuery>['claim']>;

/** What the claim says that is disputed or ended. */
export function ClaimSaid({ of }: { of: ClaimNow }) {
  return (
    <Facts>
      <Fact word="Who">
        <Field of={of} field="customer" none="somebody whom you may not see">
          {(customer) => <Field of={customer} field="displayName" none="without a name" />}
        </Field>
      </Fact>
      <Fact word="Role">
        <Field of={of} field="role">
          {(role) => (
            <>
              {words(role)}
              {of.stance && <span className="soft">, {words(of.stance).toLowerCase()}</span>}
              {of.confidence !== null && <span className="soft">, {of.confidence.toFixed(2)} sure</span>}
            </>
          )}
        </Field>
      </Fact>
      <Fact word="In">{of.undertaking ? <bdi>{of.undertaking.displayName ?? 'without a name'}</bdi> : <Field of={of} field="undertaking" />}</Fact>
      <Fact word="Claimed">
        {of.assertedBy && (
          <>
            by <bdi>{of.assertedBy.displayName}</bdi>{' '}
          </>
        )}
        {of.from && `from ${day(of.from)}`}
        {of.to && ` until ${day(of.to)}`}
      </Fact>
    </Facts>
  );
}
