// What graphql-eslint recommends for schemas, and for Relay's. Off are that every type has an id, as edges, amounts and
// aggregates have none, and that lists hold edges only: GraphQL's own are enough elsewhere.
import graphql from '@graphql-eslint/eslint-plugin';

export default [
  {
    files: ['*.graphql'],
    languageOptions: { parser: graphql.parser, parserOptions: { graphQLConfig: { schema: 'schema.graphql' } } },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      '@graphql-eslint/strict-id-in-types': 'off',
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
