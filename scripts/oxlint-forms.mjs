/**
 * Rules for oxlint about forms of syntax that it has no rules for.
 * ESLint found them too, but parsed 1,500 files for that: 25 s of processor
 * time more in each check.
 */
const forbid = (selector, message) => ({
  create: (context) => ({
    [selector]: (node) => {
      context.report({ node, message });
    },
  }),
});

export default {
  meta: { name: 'forms' },
  rules: {
    // A literal that is spread in place is not checked for excess properties: a
    // misspelt name compiles.
    'no-folded-objects': forbid(
      'SpreadElement > ObjectExpression',
      'Write the properties out: spreading a literal switches off the excess-property check.',
    ),
    'no-folded-arrays': forbid(
      'SpreadElement > ArrayExpression',
      'Write the elements out instead of spreading a literal.',
    ),
    'no-export-all': forbid('ExportAllDeclaration', 'Name what you export: a barrel hides what a lib promises.'),
    'no-environment': forbid(
      "MemberExpression[object.name='process'][property.name='env']",
      'Only libs/config reads the environment.',
    ),
  },
};
