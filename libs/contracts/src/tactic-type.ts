/**
 * Kinds of content in a campaign package, one row each. `section`: the key in
 * `campaign.yaml`, in the compiled campaign and in the API. `form`: its source,
 * MJML (`template`), or a PDF or SVG (`artwork`). CONTRIBUTING.md lists what a
 * new type needs.
 */
export const TACTIC_TYPES = {
  email: { section: 'emails', form: 'template' },
  page: { section: 'pages', form: 'template' },
  document: { section: 'documents', form: 'artwork' },
  social: { section: 'social', form: 'artwork' },
} as const;

type Types = typeof TACTIC_TYPES;
type TypeOf<Form extends string> = {
  [Name in keyof Types]: Types[Name]['form'] extends Form ? Name : never;
}[keyof Types];

export type TacticType = keyof Types;
/** Compiled from MJML, sent or served as HTML. */
export type TemplateType = TypeOf<'template'>;
/** Drawn from a PDF or SVG master, downloaded or posted as a file. */
export type ArtworkType = TypeOf<'artwork'>;
export type TacticSection = Types[TacticType]['section'];
export type TemplateSection = Types[TemplateType]['section'];

const typesOf = <Form extends 'template' | 'artwork'>(form: Form): readonly [TypeOf<Form>, ...TypeOf<Form>[]] => {
  const [first, ...others] = (Object.keys(TACTIC_TYPES) as TacticType[]).filter(
    (type): type is TypeOf<Form> => TACTIC_TYPES[type].form === form,
  );
  if (first === undefined) throw new Error(`No tactic type has the form ${form}.`);
  return [first, ...others];
};

export const TEMPLATE_TYPES = typesOf('template');
export const ARTWORK_TYPES = typesOf('artwork');
/** In the order in which a version lists them. */
export const TACTIC_SECTIONS: readonly TacticSection[] = Object.values(TACTIC_TYPES).map(({ section }) => section);
