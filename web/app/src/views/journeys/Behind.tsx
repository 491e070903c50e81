import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { graphql, type VariablesOf } from '../../api/graphql';
import { Icon } from '../../ui/Icon';
import { Field, Name } from '../../ui/values';
import { count, day, words } from '../../ui/words';
import { inputOf, type Definition, type JourneyInput } from './definition';
import { countedCases } from './names';
import { AwaitJourney, NotTold, useJourney } from './use-journey';

const CustomersBehind = graphql(`
  query CustomersBehind($definition: JourneyDefinition!, $behind: JourneyNumber!, $after: String) {
    journeys(definition: $definition) {
      behind: customers(behind: $behind, first: 25, after: $after) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id displayName journeyStage withheld { field reason purpose category since } }
      }
    }
  }
`);
const AccountsBehind = graphql(`
  query AccountsBehind($definition: JourneyDefinition!, $behind: JourneyNumber!, $after: String) {
    journeys(definition: $definition) {
      behind: accounts(behind: $behind, first: 25, after: $after) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id displayName accountStage withheld { field reason purpose category since } }
      }
    }
  }
`);
const DealsBehind = graphql(`
  query DealsBehind($definition: JourneyDefinition!, $behind: JourneyNumber!, $after: String) {
    journeys(definition: $definition) {
      behind: deals(behind: $behind, first: 25, after: $after, orderBy: [{ openedAt: DESC }]) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id displayName stage openedAt withheld { field reason purpose category since } }
      }
    }
  }
`);
const CasesBehind = graphql(`
  query CasesBehind($definition: JourneyDefinition!, $behind: JourneyNumber!, $after: String) {
    journeys(definition: $definition) {
      behind: tickets(behind: $behind, first: 25, after: $after, orderBy: [{ openedAt: DESC }]) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id displayName caseKind openedAt withheld { field reason purpose category since } }
      }
    }
  }
`);
const OrdersBehind = graphql(`
  query OrdersBehind($definition: JourneyDefinition!, $behind: JourneyNumber!, $after: String) {
    journeys(definition: $definition) {
      behind: orders(behind: $behind, first: 25, after: $after, orderBy: [{ placedAt: DESC }]) {
        totalCount
        pageInfo { endCursor hasNextPage }
        nodes { id displayName orderStatus placedAt withheld { field reason purpose category since } }
      }
    }
  }
`);

type JourneyNumber = VariablesOf<typeof DealsBehind>['behind'];

/** A number of the page, in words, and what stands behind it; of the page's definition, or of another that a part of the page is counted by. */
export type Drill = { title: string; behind: JourneyNumber; input?: JourneyInput };

const queries = { customers: CustomersBehind, accounts: AccountsBehind, deals: DealsBehind, cases: CasesBehind, orders: OrdersBehind } as const;
const facts = {
  customers: ['journeyStage', null],
  accounts: ['accountStage', null],
  deals: ['stage', 'openedAt'],
  cases: ['caseKind', 'openedAt'],
  orders: ['orderStatus', 'placedAt'],
} as const;

/** Who stands behind a number: exactly those, in pages. */
export function BehindPanel({ drill, definition, close }: { drill: Drill | null; definition: Definition; close: () => void }) {
  return (
    <ModalOverlay className="overlay" isOpen={drill !== null} onOpenChange={(open) => !open && close()} isDismissable>
      <Modal className="side-modal">
        <Dialog className="dialog">
          <header className="box-head">
            <Heading slot="title">{drill?.title}</Heading>
            <Button className="btn bare small more" onPress={close} aria-label="Close">
              <Icon name="x" small />
            </Button>
          </header>
          {drill && <Pages drill={drill} definition={definition} />}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Pages({ drill, definition }: { drill: Drill; definition: Definition }) {
  const [pages, turn] = useState<readonly (string | null)[]>([null]);
  const input = drill.input ?? inputOf(definition);
  return (
    <>
      {pages.map((after, index) => (
        <Page
          key={after ?? ''}
          first={index === 0}
          definition={definition}
          input={input}
          behind={drill.behind}
          after={after}
          more={index === pages.length - 1 ? (cursor) => turn([...pages, cursor]) : undefined}
        />
      ))}
    </>
  );
}

type Row = Parameters<typeof Name>[0]['of'] & Record<string, unknown> & { withheld: NonNullable<Parameters<typeof Name>[0]['of']['withheld']> };

type PageProps = { first: boolean; definition: Definition; input: JourneyInput; behind: JourneyNumber; after: string | null; more?: (cursor: string) => void };

function Page({ first, definition, input, behind, after, more }: PageProps) {
  // Each kind of case has a document of its own; their answers have one shape but for two fields.
  const answer = useJourney(queries[definition.whose] as typeof DealsBehind, { definition: input, behind, after });
  const [what, when] = facts[definition.whose];
  return (
    <AwaitJourney answer={answer} rows={8}>
      {({ journeys }) => {
        const connection = journeys?.behind;
        if (!connection) return <NotTold extensions={answer.extensions} field="behind" />;
        const rows = connection.nodes as unknown as readonly Row[];
        return (
          <>
            {first && <p className="pad sm soft">{connection.totalCount === null ? 'How many these are is not told.' : `${countedCases(connection.totalCount, definition.whose)} behind this number.`}</p>}
            {rows.length > 0 && (
              <ul className="list">
                {rows.map((row) => (
                  <li key={row.id}>
                    <span className="list-top">
                      <span className="clip">
                        <Name of={row} />
                      </span>
                      {when && typeof row[when] === 'string' && <span className="when">{day(row[when])}</span>}
                    </span>
                    <span className="soft xs">
                      <Field of={row} field={what}>{(value) => words(String(value))}</Field>
                    </span>
                  </li>
                ))}
              </ul>
            )}
            {more && connection.pageInfo.hasNextPage && connection.pageInfo.endCursor && (
              <p className="pad">
                <Button className="btn" onPress={() => more(connection.pageInfo.endCursor!)}>
                  Next {count(25)}
                </Button>
              </p>
            )}
          </>
        );
      }}
    </AwaitJourney>
  );
}
