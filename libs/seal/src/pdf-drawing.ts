import { isNear, plainNumber } from './pdf-objects.js';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Operand = 'number' | 'colour' | 'font' | 'picture' | 'array';

/**
 * Allowed operators of a slot with their operands: text, filled rectangles, the
 * logo. None of them removes the clip.
 */
const OPERATORS: Readonly<Record<string, { readonly operands: readonly Operand[]; readonly inText: boolean | null }>> =
  {
    cm: { operands: ['number', 'number', 'number', 'number', 'number', 'number'], inText: false },
    rg: { operands: ['colour', 'colour', 'colour'], inText: null },
    re: { operands: ['number', 'number', 'number', 'number'], inText: false },
    f: { operands: [], inText: false },
    Do: { operands: ['picture'], inText: false },
    BT: { operands: [], inText: false },
    ET: { operands: [], inText: true },
    Tf: { operands: ['font', 'number'], inText: true },
    Tm: { operands: ['number', 'number', 'number', 'number', 'number', 'number'], inText: true },
    TJ: { operands: ['array'], inText: true },
    Ts: { operands: ['number'], inText: true },
  };

/**
 * A number ends where no digit or point follows. Otherwise a run of digits can
 * be read in exponentially many ways.
 */
const TOKEN =
  /\[(?:<(?:[0-9a-f]{4})+>|-?\d+(?:\.\d+)?(?![\d.]))(?: ?(?:<(?:[0-9a-f]{4})+>|-?\d+(?:\.\d+)?(?![\d.])))*\]|\S+/g;
const END = '\nQ\n';

/**
 * Checks a page's drawing.
 * For every box, in order: `q x y w h re W n` with exactly that box, a matrix,
 * allowed operators, `Q`. Everything drawn is clipped to the box.
 * @returns a message; null if it is valid.
 */
export function drawingProblem(drawing: string, boxes: readonly Box[]): string | null {
  let rest = drawing;
  for (const box of boxes) {
    const head = /^q\n(\S+) (\S+) (\S+) (\S+) re W n\n(\S+(?: \S+){5}) cm\n/.exec(rest);
    if (head === null) return 'A box is not clipped.';
    const bounds = [box.x, box.y, box.width, box.height];
    if (head.slice(1, 5).some((text, at) => !isNear(text, bounds[at] ?? NaN)))
      return 'A drawing is clipped to another box.';
    if ((head[5] ?? '').split(' ').some((text) => plainNumber(text) === null)) return 'A box has an invalid matrix.';
    const end = rest.indexOf(END, head[0].length);
    if (end === -1) return 'The drawing of a box does not end.';
    const problem = operatorsProblem(rest.slice(head[0].length, end));
    if (problem !== null) return problem;
    rest = rest.slice(end + END.length);
  }
  return rest === '' ? null : 'There is a drawing outside all boxes.';
}

function operatorsProblem(operators: string): string | null {
  // The only white space that we write. A comment or string would hide what
  // follows.
  if (/[^\n\x20-\x7e]|[%(){}]/.test(operators)) return 'A box contains characters that are not allowed.';
  let operands: string[] = [];
  let inText = false;
  for (const [token] of operators.matchAll(TOKEN)) {
    if (!/^[A-Za-z]/.test(token)) {
      operands.push(token);
      continue;
    }
    const operator = Object.hasOwn(OPERATORS, token) ? OPERATORS[token] : undefined;
    if (operator === undefined) return `A box uses the operator ${token.slice(0, 20)}.`;
    if (operator.inText !== null && operator.inText !== inText) return `The operator ${token} is not allowed here.`;
    if (
      operands.length !== operator.operands.length ||
      !operator.operands.every((kind, at) => isOperand(kind, operands[at] ?? ''))
    )
      return `The operator ${token} has invalid operands.`;
    if (token === 'BT') inText = true;
    if (token === 'ET') inText = false;
    operands = [];
  }
  return operands.length > 0 || inText ? 'A box ends in the middle of an operator.' : null;
}

function isOperand(kind: Operand, token: string): boolean {
  const number = plainNumber(token);
  switch (kind) {
    case 'number':
      return number !== null;
    case 'colour':
      return number !== null && number >= 0 && number <= 1;
    case 'font':
      return /^\/TcF\d$/.test(token);
    case 'picture':
      return token === '/TcLight' || token === '/TcDark';
    case 'array':
      return token.startsWith('[');
  }
}
