import { changedTags } from './campaign-tags.service.js';

describe('the tags of a campaign', () => {
  it('are in the order of their names, and each once in any case', () => {
    expect(changedTags(['Q4'], { add: ['edge', 'Edge', 'EMEA', 'q4'], remove: [] })).toEqual(['edge', 'EMEA', 'Q4']);
  });

  it('are removed in any case, before others are added', () => {
    expect(changedTags(['edge', 'q4'], { add: ['Q4'], remove: ['EDGE', 'q4', 'none'] })).toEqual(['Q4']);
  });

  it('are at most 20', () => {
    const add = Array.from({ length: 20 }, (_, at) => `tag ${at}`);
    expect(changedTags(['tag 3'], { add, remove: [] })).toHaveLength(20);
    expect(() => changedTags(['edge'], { add, remove: [] })).toThrow('at most 20 tags; these would be 21');
  });
});
