import { attribute, withAttribute } from './tag-attributes';

const LABEL = ` name="offer" label="{{t "slots.offer"}} now" max-chars='99'`;

describe('an attribute of a tag', () => {
  it.each([
    ['name', 'offer'],
    ['label', '{{t "slots.offer"}} now'],
    ['max-chars', '99'],
    ['max', undefined],
    ['slots.offer', undefined],
  ])('%s is read as it stands', (name, value) => {
    expect(attribute(LABEL, name)).toBe(value);
  });

  it('is not found in the value of another', () => {
    expect(attribute(` title=' id="a" ' id="b"`, 'id')).toBe('b');
  });

  it('ends at the next quote where braces are not closed', () => {
    expect(attribute(` label="{{a" name="b"`, 'label')).toBe('{{a');
  });

  it('is changed in its place, or added at the end', () => {
    expect(withAttribute(LABEL, 'label', 'New')).toBe(` name="offer" label="New" max-chars='99'`);
    expect(withAttribute(LABEL, 'max-chars', '$&')).toBe(
      ` name="offer" label="{{t "slots.offer"}} now" max-chars="$&"`,
    );
    expect(withAttribute(LABEL, 'required', 'yes')).toBe(`${LABEL} required="yes"`);
  });

  it.each([
    ['braces in a value without an end', ` label="${'{{a}}'.repeat(100_000)}`],
    ['values without an end', ' label="'.repeat(50_000)],
    ['spaces', ` label${' '.repeat(100_000)}`],
    ['open braces', ` label="${'{{'.repeat(100_000)}`],
    ['quotes in braces', ` label="${'{{t "a"}}'.repeat(50_000)}`],
  ])('is looked for in linear time in %s', (_, attributes) => {
    const before = process.cpuUsage();
    attribute(attributes, 'label');
    attribute(attributes, 'name');
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
