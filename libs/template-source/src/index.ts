export { attributeOf, contentOf, elementsIn, parseSource, type SourceElement } from './source-tree.js';
export {
  applyChanges,
  copyElement,
  insertMarkup,
  moveElement,
  offsetAfter,
  type Place,
  removeAttribute,
  removeElement,
  renameElement,
  setAttribute,
  setContent,
  type TextChange,
  unwrapElement,
  wrapContent,
  wrapElement,
} from './source-edits.js';
export {
  BLOCK_NUMBER,
  blockClass,
  blocksOf,
  bodyOf,
  canContain,
  canSurround,
  inheritedValue,
  isBranch,
  isContainer,
  levelOf,
  withBlockNumbers,
} from './blocks.js';
export { keysIn, onlyKeyOf, textReference, usedKeys } from './content-keys.js';
export { isLocked } from './block-rules.js';
export { hasForm, isRow, pageBlockKind, type PageBlockKind } from './page-rules.js';
export { setStyles, styleOf, stylesOf } from './style-edits.js';
export { changeYaml, readYaml, readYamlOnly, textsOf, type YamlPath } from './yaml-file.js';
export { languagesOf, withLanguage, withLanguageOrder, withoutLanguage, withoutTextsOf } from './package-languages.js';
