import { wonCourse } from './won-course.js';

const EUR = (minorUnits: number) => ({ currency: 'EUR', minorUnits });
const DAYS = ['2026-11-01', '2026-11-08', '2026-11-15'];

describe('the course of won amounts', () => {
  it('ends with the amount of now, and has less before what was won later', () => {
    const won = [
      { on: '2026-11-08', ...EUR(30) },
      { on: '2026-11-10', ...EUR(-5) },
      { on: '2026-10-01', ...EUR(75) },
    ];
    expect(wonCourse([EUR(100)], won, DAYS)).toEqual([
      { on: '2026-11-01', minorUnits: 75 },
      { on: '2026-11-08', minorUnits: 105 },
      { on: '2026-11-15', minorUnits: 100 },
    ]);
  });

  it('is empty without an amount, and in several currencies', () => {
    expect(wonCourse([], [], DAYS)).toEqual([]);
    expect(wonCourse([EUR(1), { currency: 'USD', minorUnits: 1 }], [], DAYS)).toEqual([]);
  });
});
