import { editVersion, requireCurrent } from './edit-version.js';

describe('the version of an edited thing', () => {
  it('is the same for the same content, and another for another', () => {
    expect(editVersion({ cap: 3, days: 7 })).toBe(editVersion({ cap: 3, days: 7 }));
    expect(editVersion({ cap: 3, days: 7 })).not.toBe(editVersion({ cap: 3, days: 8 }));
    expect(editVersion(null)).toMatch(/^[0-9a-f]{16}$/);
  });

  it('refuses an edit of an earlier version, and none that names no version', () => {
    const current = editVersion('now');
    expect(() => requireCurrent(editVersion('before'), current)).toThrow(
      expect.objectContaining({ code: 'edit.stale', kind: 'stale', details: { version: current } }),
    );
    expect(() => requireCurrent(current, current)).not.toThrow();
    expect(() => requireCurrent(null, current)).not.toThrow();
  });
});
