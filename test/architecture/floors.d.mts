export declare const FLOORS: readonly (readonly string[])[];
export declare const HOMES: readonly { readonly packages: readonly string[]; readonly home: string }[];
export declare const SEQUENCES_FOLDERS: readonly (readonly string[])[];
