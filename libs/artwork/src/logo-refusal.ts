/** Why an upload is not a usable logo. */
export interface LogoRefusal {
  readonly ok: false;
  readonly problem: {
    readonly code: string;
    readonly message: string;
    readonly remedy: string;
    /** Values in the message, for translated messages. */
    readonly named?: Readonly<Record<string, string | number>>;
  };
}

export const refuse = (
  code: string,
  message: string,
  remedy: string,
  named?: Readonly<Record<string, string | number>>,
): LogoRefusal => ({
  ok: false,
  problem: named === undefined ? { code, message, remedy } : { code, message, remedy, named },
});
