import { BLOCK_NUMBER, blockClass } from '#template-source';
import type { MjmlComponentClass } from './mjml-component.js';

/**
 * Components that make a class of their block's number, so that the canvas
 * finds the block in the HTML. Not by `css-class` in the source: it would
 * replace that of an `mj-class`, and the e-mail would look different.
 */
export const withBlockClasses = (components: readonly MjmlComponentClass[]): MjmlComponentClass[] =>
  components.map((component) => {
    if (typeof component.prototype.render !== 'function') return component;
    return class extends component {
      static override allowedAttributes = { ...component.allowedAttributes, [BLOCK_NUMBER]: 'string' };

      constructor(data: unknown) {
        super(data);
        const { [BLOCK_NUMBER]: number, ...others } = this.attributes;
        if (number === undefined) return;
        const classes = [others['css-class'], blockClass(number)].filter((name) => name !== undefined);
        this.attributes = { ...others, 'css-class': classes.join(' ') };
      }
    };
  });
