export declare function supportFile(): Promise<string>;
