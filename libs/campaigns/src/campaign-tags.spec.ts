import { distinctTags } from './campaign-tags.service.js';

describe('the tags of a campaign', () => {
  it('are in the order of their names, and each once in any case', () => {
    expect(distinctTags(['Q4', 'edge', 'Edge', 'EMEA', 'q4'])).toEqual(['edge', 'EMEA', 'Q4']);
  });
});
