/**
 * Types of sequence steps, one row each. The name is the step's field in
 * `campaign.yaml` and its `kind` everywhere else. `does`: acts on a contact,
 * waits, or chooses a way. `names`: what an action's field names; null for an
 * action without one. CONTRIBUTING.md lists what a new type needs.
 */
export const STEP_TYPES = {
  email: { does: 'act', names: 'email' },
  post: { does: 'act', names: 'post' },
  notify: { does: 'act', names: 'text' },
  createLead: { does: 'act', names: null },
  webhook: { does: 'act', names: 'webhook' },
  wait: { does: 'wait', names: null },
  until: { does: 'choose', names: null },
  branch: { does: 'choose', names: null },
} as const;

type Types = typeof STEP_TYPES;
type TypesThat<Does extends Types[keyof Types]['does']> = {
  [Name in keyof Types]: Types[Name]['does'] extends Does ? Name : never;
}[keyof Types];

export type StepType = keyof Types;
/** Does something to a contact, once in each round. */
export type ActionType = TypesThat<'act'>;
/** Leads to one of several steps, by conditions. */
export type ChoiceType = TypesThat<'choose'>;
/** An action whose field names an e-mail, a post, a text or a webhook. */
export type NamingActionType = {
  [Name in ActionType]: Types[Name]['names'] extends string ? Name : never;
}[ActionType];

const typesThat = <Does extends 'act' | 'choose'>(does: Does): readonly [TypesThat<Does>, ...TypesThat<Does>[]] => {
  const [first, ...others] = STEP_TYPE_NAMES.filter((type): type is TypesThat<Does> => STEP_TYPES[type].does === does);
  if (first === undefined) throw new Error(`No step type can ${does}.`);
  return [first, ...others];
};

export const STEP_TYPE_NAMES = Object.keys(STEP_TYPES) as [StepType, ...StepType[]];
export const ACTION_TYPES = typesThat('act');
export const CHOICE_TYPES = typesThat('choose');

/** Whether a type of step acts on a contact. */
export const isActionType = (type: StepType): type is ActionType => STEP_TYPES[type].does === 'act';
/** Whether a type of step leads to one of several steps. */
export const isChoiceType = (type: StepType): type is ChoiceType => STEP_TYPES[type].does === 'choose';
