import { drawingProblem } from './pdf-drawing.js';

const box = { x: 10, y: 20, width: 300, height: 40 };
const drawn = (operators: string): string => `q\n10 20 300 40 re W n\n1 0 0 1 10 20 cm\n${operators}\nQ\n`;

describe('the drawing of a page', () => {
  it.each([
    ['BT\n/TcF0 12 Tf\n[<00410042>-12.5<0043> 7 8] TJ\nET', null],
    ['BT\n/TcF0 12 Tf\n[<0041>-1-2 3.5-4] TJ\nET', null],
    ['BT\n[<0041> 1.2.3] TJ\nET', 'The operator TJ has invalid operands.'],
    ['BT\n[12 34', 'A box ends in the middle of an operator.'],
    ['0 0 0 rg\n/Do1 Do', 'The operator Do has invalid operands.'],
  ])('%j: %j', (operators, problem) => {
    expect(drawingProblem(drawn(operators), [box])).toBe(problem);
  });

  it('is checked in linear time: a long array of digits that does not end', () => {
    const start = performance.now();
    expect(drawingProblem(drawn(`BT\n[${'1'.repeat(200_000)} x`), [box])).not.toBeNull();
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
