interface Hours {
  readonly from: string;
  readonly to: string;
}

/** Whether quiet hours, which may last over midnight, cover a whole window. */
export const leavesNothingOf = (quiet: Hours, window: Hours): boolean =>
  quiet.to < quiet.from
    ? window.from >= quiet.from || window.to <= quiet.to
    : quiet.from <= window.from && window.to <= quiet.to;
