/** Lines that announce the returned message. */
const ANNOUNCEMENT =
  /^[-=*#_ \t]{0,80}((the |your )?(original|returned|unsent|undelivered) (message|mail)( headers?)? (follows|below|attached)|(the )?message headers? follows?|(included|below|attached|here|this) (is|are|line is) (a copy|the (headers?|original))|(a |the )?copy of (the|your) (original )?message (is|follows|below)|your (original )?message follows|original message[: \t]{0,5}$)/i;
/** The same, drawn as a line: `--- Original message ---`. */
const DRAWN =
  /^[-=*#_]{2,80}[ \t]{0,3}.{0,60}(below this line|original message|copy of (the|your) message|included|returned message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale)/i;
const FIELD =
  /^(received|return-path|dkim-signature|mime-version|content-[a-z-]{1,40}|message-id|from|to|cc|date|subject|reply-to|sender|list-[a-z-]{1,20}|x-[a-z0-9-]{1,60}|references|in-reply-to|feedback-id|auto-submitted|precedence):/i;
/** Fields that only whole messages have; a report may list the others. */
const OF_A_MESSAGE = /^(received|mime-version|content-type|dkim-signature|list-unsubscribe):/i;
/** Fewer lines can be a list in the report: `To:`, `Subject:`. */
const HEADER_LINES = 3;

/**
 * What a mail server itself says in a report: without the returned message
 * and its header. The words of a returned message are the
 * sender's own, and can say "user unknown" of something else.
 */
export function withoutReturnedCopy(text: string): string {
  const said: string[] = [];
  let header: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (said.length > 0 && (ANNOUNCEMENT.test(line) || DRAWN.test(line))) return said.join('\n');
    if (FIELD.test(line) || (header.length > 0 && /^[ \t]+\S/.test(line))) {
      header.push(line);
      continue;
    }
    const isHeader = header.filter((one) => FIELD.test(one)).length >= HEADER_LINES;
    // After the header of a message comes its body.
    if (isHeader && header.some((one) => OF_A_MESSAGE.test(one))) return said.join('\n');
    if (!isHeader) said.push(...header);
    header = [];
    said.push(line);
  }
  return said.join('\n');
}
