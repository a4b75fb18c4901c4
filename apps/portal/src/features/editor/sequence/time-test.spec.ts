import { firstTimes } from './time-test';

describe('the first times of a test', () => {
  it('are the halves of the send times', () => {
    expect(firstTimes({ from: '09:00', to: '17:00' })).toEqual([
      { from: '09:00', to: '13:00' },
      { from: '13:00', to: '17:00' },
    ]);
    expect(firstTimes({ from: '08:30', to: '17:15' })[0]).toEqual({ from: '08:30', to: '13:00' });
  });

  it('are those of office hours where the sequence says none', () => {
    expect(firstTimes({})[1]).toEqual({ from: '13:00', to: '17:00' });
  });
});
