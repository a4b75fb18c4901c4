import { type Token, Tokenizer } from 'parse5';

/** Outlook's conditional comment: its condition and its content. */
export const OUTLOOK = /^\[if([^\]]*)\]>([\s\S]*)<!\[endif\]$/;

/**
 * The content for Outlook as HTML tokens. Tags open in one comment and close in
 * another, so there is no tree to compare.
 */
export function outlookTokens(html: string): string[] {
  const tokens: string[] = [];
  let text = '';
  const add = (token: string): void => {
    if (text !== '') tokens.push(`text ${text}`);
    text = '';
    tokens.push(token);
  };
  const characters = ({ chars }: Token.CharacterToken): void => void (text += chars);
  const startTag = ({ tagName, attrs, selfClosing }: Token.TagToken): void => {
    add(`<${tagName}${selfClosing ? '/' : ''}`);
    for (const { name, value } of attrs) add(`${name}=${value}`);
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      // Parsers tolerate attributes of end tags and truncated tags. Here they
      // are differences.
      onParseError: ({ code }) => {
        add(`error ${code}`);
      },
      onComment: ({ data }) => {
        add(`comment ${data}`);
      },
      onDoctype: ({ name }) => {
        add(`doctype ${name ?? ''}`);
      },
      onStartTag: startTag,
      onEndTag: ({ tagName }) => {
        add(`</${tagName}`);
      },
      onEof: () => {
        add('end');
      },
      onCharacter: characters,
      onNullCharacter: characters,
      onWhitespaceCharacter: characters,
    },
  );
  tokenizer.write(html, true);
  return tokens;
}
