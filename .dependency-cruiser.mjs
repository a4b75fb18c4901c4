import { FLOORS, HOMES, SEQUENCES_FOLDERS } from './test/architecture/floors.mjs';

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

const sequencesFolders = SEQUENCES_FOLDERS.flatMap((row, index) =>
  row.map((folder) => {
    const reachable = [folder, ...SEQUENCES_FOLDERS.slice(0, index).flat()];
    return {
      name: `sequences folders: ${folder}`,
      comment: `libs/sequences/src/${folder} may import only the folders of earlier rows of SEQUENCES_FOLDERS.`,
      severity: 'error',
      from: { path: `^libs/sequences/src/${folder}/` },
      to: { path: '^libs/sequences/src/', pathNot: `^libs/sequences/src/(${reachable.join('|')})/` },
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

const PORTAL = '^apps/portal/src';

/** In the portal imports go one way: app → features → shared. */
const portalLayers = [
  {
    name: 'portal: app is the top',
    comment: 'Features and shared code must not import from app. Move what they need to shared.',
    severity: 'error',
    from: { path: `${PORTAL}/(features|shared)/` },
    to: { path: `${PORTAL}/(app/|main\\.tsx$)` },
  },
  {
    name: 'portal: features do not import each other',
    comment: 'Move what two features need to shared, or compose the two in app.',
    severity: 'error',
    from: { path: `${PORTAL}/features/([^/]+)/` },
    to: { path: `${PORTAL}/features/`, pathNot: `${PORTAL}/features/$1/` },
  },
  {
    name: 'portal: shared is the bottom',
    comment: 'Shared code must not import from a feature. Pass the component or the value in.',
    severity: 'error',
    from: { path: `${PORTAL}/shared/` },
    to: { path: `${PORTAL}/features/` },
  },
  {
    name: 'portal: texts come through i18n',
    comment: 'Only shared/i18n loads the texts of a language. Components call t(key).',
    severity: 'error',
    from: { path: `${PORTAL}/`, pathNot: `${PORTAL}/(shared/(i18n|text-keys)\\.ts$|locales/)` },
    to: { path: `${PORTAL}/locales/` },
  },
];

export default {
  forbidden: [
    ...downwardsOnly,
    ...sequencesFolders,
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
    ...portalLayers,
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
