import vm from 'node:vm';
import { TestEnvironment as NodeEnvironment } from 'jest-environment-node';

/**
 * Jest's environment for Node, whose global object is an ordinary one. Jest puts a proxy under it,
 * which every `Math.round`, `String` or `Promise` in every module asks: most of what pixel loops
 * and parsers take under test. See `vm.constants.DONT_CONTEXTIFY` in Node's manual.
 */
export default class PlainEnvironment extends NodeEnvironment {
  constructor(...about) {
    const { createContext } = vm;
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...about);
    } finally {
      vm.createContext = createContext;
    }
  }
}
