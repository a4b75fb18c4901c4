import type { Rect } from '../../../shared/page-geometry';
import type { BoxFile, BoxLook, SlotBox, Texts } from './box';

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A picture in one size. */
export interface SizedFile {
  readonly file: BoxFile;
  readonly size: Size;
}

/**
 * One size of a post whose other sizes change with it: layers, texts, colours
 * and pictures do, positions stay those of each size. Font sizes keep their
 * proportion.
 */
export function withOtherSizes(own: SizedFile, others: readonly SizedFile[]): BoxFile {
  const { file } = own;
  // An author can use one file for several sizes.
  const rest = others.filter(
    (other, at) => other.file.path !== file.path && others.findIndex((one) => one.file.path === other.file.path) === at,
  );
  const inAll = (box: SlotBox, change: (of: BoxFile, box: SlotBox) => Texts): Texts =>
    Object.assign(
      {},
      change(file, box),
      ...rest.map((other) => {
        const same = sameBox(other.file, box);
        return same === undefined ? {} : change(other.file, same);
      }),
    ) as Texts;
  return {
    ...file,
    look: (box, look) => inAll(box, (of, same) => of.look(same, of === file ? look : inProportion(look, box, same))),
    rename: (box, name) => inAll(box, (of, same) => of.rename(same, name)),
    remove: (box) => inAll(box, (of, same) => of.remove(same)),
    open: (box, slot) => inAll(box, (of, same) => of.open?.(same, slot) ?? {}),
    lock: (box, key) => inAll(box, (of, same) => of.lock?.(same, key) ?? {}),
    add: (kind, name, page, rect) =>
      Object.assign(
        {},
        ...[own, ...rest].map((one) => one.file.add(kind, name, page, scaledRect(rect, own.size, one.size))),
      ) as Texts,
    reorder: (box, step) => {
      const texts = file.reorder?.(box, step) ?? null;
      if (texts === null) return null;
      const others = rest.map((other) => {
        const same = sameBox(other.file, box);
        return same === undefined ? null : (other.file.reorder?.(same, step) ?? null);
      });
      return Object.assign({}, texts, ...others.map((one) => one ?? {})) as Texts;
    },
  };
}

/**
 * The other sizes with each box where it is in this one, in proportion.
 * @param read a file of a size again, with a new text.
 */
export function arrangedAs(
  own: SizedFile,
  others: readonly SizedFile[],
  read: (file: BoxFile, text: string) => BoxFile,
): Texts {
  return Object.fromEntries(
    others.flatMap(({ file, size }) => {
      if (file.path === own.file.path) return [];
      const placed = own.file.boxes.reduce((now, box) => {
        const same = sameBox(now, box);
        if (box.rect === null || same === undefined) return now;
        const texts = now.place(same, 1, scaledRect(box.rect, own.size, size));
        return read(now, texts[now.path] ?? '');
      }, file);
      return [[file.path, placed.text ?? '']];
    }),
  );
}

const sameBox = ({ boxes }: BoxFile, { id, kind, isUnnamed }: SlotBox): SlotBox | undefined =>
  isUnnamed === true ? undefined : boxes.find((other) => other.id === id && other.kind === kind);

function inProportion(look: BoxLook, { look: before }: SlotBox, { look: other }: SlotBox): BoxLook {
  const scaled = (field: 'size' | 'minSize' | 'radius'): BoxLook => {
    const [value, was, others] = [look[field], before[field], other[field]];
    if (value === undefined || was === undefined || others === undefined || was === 0) return {};
    return { [field]: Math.max(field === 'radius' ? 0 : 8, Math.round((others * value) / was)) };
  };
  return { ...look, ...scaled('size'), ...scaled('minSize'), ...scaled('radius') };
}

function scaledRect({ x, y, width, height }: Rect, from: Size, to: Size): Rect {
  const [wide, high] = [to.width / from.width, to.height / from.height];
  return {
    x: Math.round(x * wide),
    y: Math.round(y * high),
    width: Math.max(1, Math.round(width * wide)),
    height: Math.max(1, Math.round(height * high)),
  };
}
