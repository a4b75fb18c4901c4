import { FLOORS, HOMES } from './test/architecture/floors.mjs';

const libs = (names) => `^libs/(${names.join('|')})/`;

const downwardsOnly = FLOORS.flatMap((floor, index) =>
  floor.map((lib) => {
    const reachable = [lib, ...FLOORS.slice(0, index).flat()];
    return {
      name: `floors: ${lib}`,
      comment: `${lib} stands on floor ${index}: it may import only floors below it. Needed by two libs of one floor? Move it down, or send an event up.`,
      severity: 'error',
      from: { path: `^libs/${lib}/` },
      to: { path: '^libs/', pathNot: libs(reachable) },
    };
  }),
);

const homes = HOMES.map(({ packages, home }) => ({
  name: `home of ${packages[0]}`,
  comment: `${packages.join(', ')} have one home (${home}); ask that lib instead.`,
  severity: 'error',
  from: { path: '^(apps|libs)/', pathNot: `${home}|^(apps/standalone|test)/` },
  to: { path: packages.map((name) => `node_modules/${name}(/|$)`) },
}));

export default {
  forbidden: [
    ...downwardsOnly,
    ...homes,
    {
      name: 'front door',
      comment: 'Enter a lib through its src/index.ts; what is not exported there is its own business.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/(?!index\\.ts$)', pathNot: '^libs/$2/' },
    },
    {
      name: 'no cycle',
      comment: 'A cycle cannot be tested, moved or understood in parts.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'apps stand alone',
      comment: 'Apps do not import each other; only standalone composes the three server apps.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs know no HTTP',
      comment: 'Controllers live in apps/api; a lib that knows HTTP cannot be used by a job.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: 'node_modules/(express|@nestjs/platform-express|@nestjs/swagger)/' },
    },
    {
      name: 'env has one reader',
      comment: 'Only libs/config reads process.env (checked by eslint too).',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/config/' },
      to: { path: 'node_modules/dotenv/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(\\.spec\\.ts$|^apps/portal/node_modules|^dist/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
