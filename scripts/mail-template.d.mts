/** @returns the template of the product's own mails, compiled from MJML. */
export declare function compileMailTemplate(): Promise<string>;
