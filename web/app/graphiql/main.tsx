import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './style.css';

import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history';
import { GraphiQLProvider } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, GraphiQLInterface } from 'graphiql';
import { createRoot } from 'react-dom/client';
import { currentSession } from '../src/api/session';
import { loadExamples } from './examples';
import { Header } from './Header';
import { loadPurposes } from './purposes';

const send = createGraphiQLFetcher({ url: 'graphql', enableIncrementalDelivery: false });

/** Asks for the purpose that the switch shows, unless the headers below the query say another. */
const fetcher: typeof send = (request, options) => {
  const { purpose } = currentSession();
  return send(request, { ...options, headers: { ...(purpose ? { 'Kith-Purpose': purpose } : {}), ...options?.headers } });
};
const plugins = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];

/** Whether GraphiQL has no tabs of an earlier visit to come back to. */
function isFirstVisit(): boolean {
  try {
    return localStorage.getItem('graphiql:tabState') === null;
  } catch {
    return true; // storage is switched off
  }
}

const [examples, purposes] = await Promise.all([loadExamples(), loadPurposes()]);
const first = isFirstVisit() ? examples[0] : undefined;

createRoot(document.getElementById('root')!).render(
  // Not <GraphiQL>, as the header needs the provider's state, too.
  <GraphiQLProvider
    fetcher={fetcher}
    plugins={plugins}
    referencePlugin={DOC_EXPLORER_PLUGIN}
    defaultQuery=""
    initialQuery={first?.query}
    initialVariables={first?.variables}
  >
    <Header examples={examples} purposes={purposes} />
    <HistoryStore>
      <DocExplorerStore>
        <GraphiQLInterface defaultEditorToolsVisibility="variables">
          {/* The header names the page already. */}
          <GraphiQL.Logo>{null}</GraphiQL.Logo>
        </GraphiQLInterface>
      </DocExplorerStore>
    </HistoryStore>
  </GraphiQLProvider>,
);
