// GraphQL Code Generator: types of all operations in src and examples.
export default {
  schema: 'schema.graphql',
  documents: ['src/*.ts', 'examples/*.graphql'],
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: { unmaskFunctionName: 'getFragmentData' } },
      config: {
        enumsAsTypes: true,
        scalars: { Date: 'string', DateTime: 'string', Decimal: 'string' },
        strictScalars: true,
        useTypeImports: true,
      },
    },
  },
  emitLegacyCommonJSImports: false, // Node wants import paths with their extension
};
