import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { notFound, type PartnerGroupId, type VendorId } from '#kernel';
import type {
  Asset,
  AssetDetails,
  AssetFile,
  AssetId,
  AssetKind,
  AssetShare,
  AssetState,
  CalendarDate,
  Poster,
} from './asset.js';

/** What a list is narrowed to. */
export interface AssetFilter {
  readonly words: string;
  /** Empty: all. */
  readonly kinds: readonly AssetKind[];
  /** With the folders in it; null: all. */
  readonly folder: string | null;
  readonly tag: string | null;
  readonly state: AssetState | 'shared' | null;
}

/** What a partner belongs to. */
export interface Audience {
  readonly vendorIds: readonly VendorId[];
  readonly groupIds: readonly PartnerGroupId[];
}

/** A row with its file and groups. */
interface Row extends Omit<Asset, 'file' | 'share' | 'withdrawn' | 'downloads'> {
  readonly file: (Omit<AssetFile, 'addedAt'> & { readonly addedAt: string }) | null;
  readonly sharedAs: AssetShare['as'] | null;
  readonly forEveryone: boolean;
  readonly groupIds: readonly PartnerGroupId[];
  readonly opensOn: CalendarDate | null;
  readonly closesOn: CalendarDate | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  readonly downloads: string;
}

/** Pictures that can be posters of videos, as `Poster`. A caller adds which. */
const POSTERS = `SELECT jsonb_build_object('id', p.id, 'fileNumber', pf.number, 'previewHash', pf.preview_hash,
    'expiresOn', p.expires_on) AS poster
  FROM assets.asset p JOIN assets.asset_file pf ON pf.asset_id = p.id AND pf.number = p.file_number
  WHERE p.deleted_at IS NULL AND p.withdrawn_at IS NULL AND pf.preview_hash IS NOT NULL`;
const COLUMNS_BUT_CONTENT = `a.id, a.vendor_id, a.kind, a.title, a.folder, a.tags, a.alt, a.focal, a.crop, a.branding,
  a.version, a.review_on::text, a.expires_on::text, a.shared_as, a.for_everyone, a.opens_on::text, a.closes_on::text,
  a.withdrawn_at, a.withdrawn_reason, a.updated_at, a.updated_by,
  (SELECT jsonb_build_object('number', f.number, 'name', f.name, 'hash', f.hash, 'mediaType', f.media_type,
     'bytes', f.bytes, 'width', f.width, 'height', f.height, 'pages', f.pages, 'previewHash', f.preview_hash,
     'facts', f.facts, 'addedAt', f.added_at, 'addedBy', f.added_by)
   FROM assets.asset_file f WHERE f.asset_id = a.id AND f.number = a.file_number) AS file,
  (${POSTERS} AND p.id = (a.content->>'poster')::uuid) AS poster,
  (SELECT coalesce(jsonb_agg(g.group_id ORDER BY g.group_id), '[]') FROM assets.asset_group g WHERE g.asset_id = a.id) AS group_ids,
  (SELECT coalesce(sum(d.count), 0) FROM assets.download d WHERE d.asset_id = a.id) AS downloads`;
const COLUMNS = `${COLUMNS_BUT_CONTENT}, a.content`;
/** Of lists. Blocks and captions may have megabytes; of captions, the languages are enough. */
const LISTED = `${COLUMNS_BUT_CONTENT}, (a.content - '{markup,copy,pictures,captions}'::text[])
  || jsonb_strip_nulls(jsonb_build_object('captions',
    (SELECT jsonb_object_agg(language, ''::text) FROM jsonb_object_keys(a.content->'captions') language))) AS content`;

/**
 * What a partner has: $1 its vendors, $2 its groups, $3 today. What was
 * withdrawn after it had downloaded it, whatever its groups are now.
 */
const IN_PARTNER_LIBRARY = `a.shared_as IS NOT NULL AND a.vendor_id = ANY ($1) AND CASE
  WHEN a.withdrawn_at IS NOT NULL THEN EXISTS (SELECT FROM assets.download d WHERE d.asset_id = a.id)
  ELSE a.deleted_at IS NULL AND $3::date BETWEEN a.opens_on AND a.closes_on
    AND (a.expires_on IS NULL OR a.expires_on >= $3::date)
    AND (a.for_everyone OR EXISTS (SELECT FROM assets.asset_group g WHERE g.asset_id = a.id AND g.group_id = ANY ($2)))
  END`;

/** The states of `stateOf`, as conditions. $5 is today, $6 the last day of the notice. */
const STATES: Readonly<Record<AssetState | 'shared', string>> = {
  expired: 'a.expires_on < $5',
  'expires-soon': 'a.expires_on BETWEEN $5 AND $6',
  'review-due': 'a.review_on <= $5 AND (a.expires_on IS NULL OR a.expires_on > $6)',
  current: '(a.expires_on IS NULL OR a.expires_on > $6) AND (a.review_on IS NULL OR a.review_on > $5)',
  shared: 'a.shared_as IS NOT NULL AND a.withdrawn_at IS NULL',
};

/** Rows of the library. Joins the transactions of its callers. */
@Injectable()
export class AssetsRepository {
  constructor(private readonly database: Database) {}

  /**
   * A page of the library, newest first.
   * @param notice the last day of assets that expire soon.
   * @param after id of the last one of the page before.
   */
  async page(
    { words, kinds, folder, tag, state }: AssetFilter,
    days: { readonly today: CalendarDate; readonly notice: CalendarDate },
    limit: number,
    after: string | null,
  ): Promise<Asset[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${LISTED} FROM assets.asset a
       WHERE a.deleted_at IS NULL AND ($1 = '{}'::text[] OR a.kind = ANY ($1))
         AND ($2::text IS NULL OR a.folder = $2 OR starts_with(a.folder, $2 || '/'))
         AND ($3::text IS NULL OR a.tags @> to_jsonb($3::text))
         AND ($4 = '' OR strpos(lower(concat_ws(' ', a.title, a.folder, a.tags::text, a.alt::text, a.content->>'texts',
           (SELECT f.name FROM assets.asset_file f WHERE f.asset_id = a.id AND f.number = a.file_number))), lower($4)) > 0)
         AND $5::date <= $6::date AND ${state === null ? 'true' : STATES[state]}
         AND ($7::uuid IS NULL OR a.id < $7) ORDER BY a.id DESC LIMIT $8`,
      [kinds, folder, tag, words, days.today, days.notice, after, limit],
    );
    return rows.map(assetOf);
  }

  /** The library of the partner of the open transaction, newest first. */
  async shared({ vendorIds, groupIds }: Audience, today: CalendarDate, limit: number): Promise<Asset[]> {
    const rows = await this.database.query<Row>(
      `SELECT ${LISTED} FROM assets.asset a WHERE ${IN_PARTNER_LIBRARY} ORDER BY a.id DESC LIMIT $4`,
      [vendorIds, groupIds, today, limit],
    );
    return rows.map(assetOf);
  }

  /** @throws DomainError `asset.not-found` if it is not in the library of the partner. */
  async sharedOne({ vendorIds, groupIds }: Audience, today: CalendarDate, id: AssetId): Promise<Asset> {
    const [row] = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM assets.asset a WHERE a.id = $4 AND ${IN_PARTNER_LIBRARY}`,
      [vendorIds, groupIds, today, id],
    );
    if (row === undefined) throw notFound('asset', id);
    return assetOf(row);
  }

  /**
   * Posters by id of the picture. Under the scope of a vendor: a partner sees
   * rows of shared pictures only, and a poster need not be shared.
   */
  async posters(ids: readonly string[]): Promise<ReadonlyMap<string, Poster>> {
    const rows = await this.database.query<{ poster: Poster }>(`${POSTERS} AND p.id = ANY ($1)`, [ids]);
    return new Map(rows.map(({ poster }) => [poster.id, poster]));
  }

  /** Videos of which a picture is the poster, by title. */
  async videosWithPoster(id: AssetId): Promise<Pick<Asset, 'id' | 'title'>[]> {
    return this.database.query(
      `SELECT id, title FROM assets.asset WHERE content->>'poster' = $1 AND deleted_at IS NULL ORDER BY title, id`,
      [id],
    );
  }

  /** Names of all folders and tags. */
  async names(): Promise<{ folders: string[]; tags: string[] }> {
    const folders = await this.database.query<{ name: string }>(
      `SELECT DISTINCT folder AS name FROM assets.asset WHERE deleted_at IS NULL AND folder <> '' ORDER BY 1`,
    );
    const tags = await this.database.query<{ name: string }>(
      'SELECT DISTINCT jsonb_array_elements_text(tags) AS name FROM assets.asset WHERE deleted_at IS NULL ORDER BY 1',
    );
    return { folders: folders.map(({ name }) => name), tags: tags.map(({ name }) => name) };
  }

  /** @throws DomainError `asset.not-found`, also for one that was deleted. */
  async get(id: AssetId): Promise<Asset> {
    const asset = await this.find(id);
    if (asset === null) throw notFound('asset', id);
    return asset;
  }

  /** Null: there is none, or it was deleted. */
  async find(id: AssetId): Promise<Asset | null> {
    const [row] = await this.database.query<Row>(
      `SELECT ${COLUMNS} FROM assets.asset a WHERE a.id = $1 AND a.deleted_at IS NULL`,
      [id],
    );
    return row === undefined ? null : assetOf(row);
  }

  /** Changes of an asset take turns until the open transaction ends. */
  lock(id: AssetId): Promise<void> {
    return this.database.lock(`library asset ${id}`);
  }

  async insert(asset: Asset): Promise<void> {
    const { id, vendorId, kind, title, folder, tags, content, updatedAt, updatedBy } = asset;
    await this.database.query(
      `INSERT INTO assets.asset (id, vendor_id, kind, title, folder, tags, content, version, created_at, created_by,
         updated_at, updated_by) VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $8, $9)`,
      [id, vendorId, kind, title, folder, JSON.stringify(tags), JSON.stringify(content), updatedAt, updatedBy],
    );
  }

  /** Adds a file, and uses it from now on. */
  async addFile({ id, vendorId }: Pick<Asset, 'id' | 'vendorId'>, file: AssetFile): Promise<void> {
    await this.database.query(
      `INSERT INTO assets.asset_file (asset_id, vendor_id, number, name, hash, media_type, bytes, width, height, pages,
         preview_hash, facts, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [
        id,
        vendorId,
        file.number,
        file.name,
        file.hash,
        file.mediaType,
        file.bytes,
        file.width,
        file.height,
        file.pages,
        file.previewHash,
        JSON.stringify(file.facts),
        file.addedAt,
        file.addedBy,
      ],
    );
    await this.database.query('UPDATE assets.asset SET file_number = $2 WHERE id = $1', [id, file.number]);
  }

  /** Pixels of a picture, of an earlier one too. */
  async fileSize(id: AssetId, number: number): Promise<Pick<AssetFile, 'width' | 'height'>> {
    const [row] = await this.database.query<Pick<AssetFile, 'width' | 'height'>>(
      'SELECT width, height FROM assets.asset_file WHERE asset_id = $1 AND number = $2',
      [id, number],
    );
    return row ?? { width: null, height: null };
  }

  async saveDetails(id: AssetId, details: AssetDetails): Promise<void> {
    const { title, folder, tags, alt, content, focal, crop, branding, reviewOn, expiresOn } = details;
    const json = [tags, alt, content, focal, crop, branding].map((value) =>
      value === null ? null : JSON.stringify(value),
    );
    await this.database.query(
      `UPDATE assets.asset SET title = $2, folder = $3, review_on = $4, expires_on = $5, tags = $6, alt = $7, content = $8,
         focal = $9, crop = $10, branding = $11 WHERE id = $1`,
      [id, title, folder, reviewOn, expiresOn, ...json],
    );
  }

  /** Shares it, again after a withdrawal too. */
  async saveShare({ id, vendorId }: Pick<Asset, 'id' | 'vendorId'>, share: AssetShare): Promise<void> {
    const { as, forEveryone, partnerGroupIds, opensOn, closesOn } = share;
    await this.database.query(
      `UPDATE assets.asset SET shared_as = $2, for_everyone = $3, opens_on = $4, closes_on = $5, withdrawn_at = NULL,
         withdrawn_reason = NULL WHERE id = $1`,
      [id, as, forEveryone, opensOn, closesOn],
    );
    await this.database.query('DELETE FROM assets.asset_group WHERE asset_id = $1', [id]);
    await this.database.query(
      'INSERT INTO assets.asset_group (asset_id, group_id, vendor_id) SELECT $1, g, $2 FROM unnest($3::uuid[]) g',
      [id, vendorId, [...new Set(partnerGroupIds)]],
    );
  }

  async saveWithdrawal(id: AssetId, at: Date, reason: string): Promise<void> {
    await this.database.query('UPDATE assets.asset SET withdrawn_at = $2, withdrawn_reason = $3 WHERE id = $1', [
      id,
      at,
      reason,
    ]);
  }

  async saveDeletion(id: AssetId, at: Date): Promise<void> {
    await this.database.query('UPDATE assets.asset SET deleted_at = $2 WHERE id = $1', [id, at]);
  }

  /** Counts a change, with its author. */
  async touch(id: AssetId, at: Date, by: string): Promise<void> {
    await this.database.query(
      'UPDATE assets.asset SET version = version + 1, updated_at = $2, updated_by = $3 WHERE id = $1',
      [id, at, by],
    );
  }

  /** Bytes of all files of the vendor, those of deleted assets too. */
  async storedBytes(vendorId: string): Promise<number> {
    const [row] = await this.database.query<{ bytes: string }>(
      'SELECT coalesce(sum(bytes), 0) AS bytes FROM assets.asset_file WHERE vendor_id = $1',
      [vendorId],
    );
    return Number(row?.bytes ?? 0);
  }

  /** Counts a download of the partner on a day. */
  async countDownload({ id, vendorId }: Pick<Asset, 'id' | 'vendorId'>, partnerId: string, day: CalendarDate) {
    await this.database.query(
      `INSERT INTO assets.download AS d (asset_id, vendor_id, partner_id, day, count) VALUES ($1, $2, $3, $4, 1)
       ON CONFLICT (asset_id, partner_id, day) DO UPDATE SET count = d.count + 1`,
      [id, vendorId, partnerId, day],
    );
  }

  /** Downloads by partner, the most first. */
  async downloadsOf(id: AssetId): Promise<{ partnerId: string; name: string; count: number; lastOn: CalendarDate }[]> {
    return this.database.query(
      `SELECT d.partner_id, o.name, sum(d.count)::int AS count, max(d.day)::text AS last_on
       FROM assets.download d JOIN organisations.organisation_view o ON o.id = d.partner_id
       WHERE d.asset_id = $1 GROUP BY d.partner_id, o.name ORDER BY 3 DESC, 2`,
      [id],
    );
  }
}

function assetOf(row: Row): Asset {
  const { file, sharedAs, forEveryone, groupIds, opensOn, closesOn, withdrawnAt, withdrawnReason, ...rest } = row;
  const isShared = sharedAs !== null && opensOn !== null && closesOn !== null;
  return {
    ...rest,
    file: file === null ? null : { ...file, addedAt: new Date(file.addedAt) },
    share: isShared ? { as: sharedAs, forEveryone, partnerGroupIds: groupIds, opensOn, closesOn } : null,
    withdrawn: withdrawnAt === null || withdrawnReason === null ? null : { at: withdrawnAt, reason: withdrawnReason },
    downloads: Number(row.downloads),
  };
}
