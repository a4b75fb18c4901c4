import type { AttributeKind, PartnerAttributeView } from '#contracts';

/** The form of a definition. */
export interface DefinitionFields {
  readonly name: string;
  readonly help: string;
  readonly kind: AttributeKind;
  readonly owner: 'vendor' | 'partner';
  readonly options: readonly { readonly key?: string; readonly label: string }[];
}

export const BLANK: DefinitionFields = {
  name: '',
  help: '',
  kind: 'choice',
  owner: 'vendor',
  options: [{ label: '' }],
};

export const fieldsOf = ({ name, help, kind, owner, options }: PartnerAttributeView): DefinitionFields => ({
  name,
  help,
  kind,
  owner,
  options,
});

export const hasOptions = (kind: AttributeKind): boolean => kind === 'choice' || kind === 'choices';

/** What is sent: without empty rows, and without options where there are none. */
export const definitionOf = ({ options, ...rest }: DefinitionFields): DefinitionFields => ({
  ...rest,
  options: hasOptions(rest.kind) ? options.filter(({ label }) => label.trim() !== '') : [],
});
