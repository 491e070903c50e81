// What graphql-eslint recommends for schemas, and for Relay's. Off are that every type has an id, as edges, amounts and
// aggregates have none, that lists hold edges only: GraphQL's own are enough elsewhere, that descriptions take three lines each, and that no
// field begins with the name of its type: enums do, so that types can be asked together, and graph/sdl sees to it that nothing else does.
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
      '@graphql-eslint/no-typename-prefix': 'off',
      '@graphql-eslint/description-style': ['error', { style: 'inline' }],
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
    },
  },
];
