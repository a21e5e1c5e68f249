import { createHash } from 'node:crypto';
import type { ProbeHealth } from '../contract/probe-report';
import type { Plan } from '../contract/submission';
import type { ProbeManifest, StagedItem } from '../probes/probe';

/**
 * The key under which a probe's report on an item may be used again: everything that the report depends on. Null when
 * it must not be cached: the probe is not ready, or does not know its versions or what else its results depend on.
 */
export function cacheKey(manifest: ProbeManifest, health: ProbeHealth, item: StagedItem, plan: Plan): string | null {
  if (health.state !== 'ready' || health.engineVersion === null || health.databaseVersion === null) return null;
  if (manifest.options === null) return null;
  const parts = [
    item.hashes.sha256,
    manifest.dependsOn === 'content+name' ? Buffer.from(item.name).toString('base64') : '',
    manifest.id,
    health.engineVersion,
    health.databaseVersion,
    manifest.options,
    String(health.maxBytes),
    JSON.stringify(plan.limits),
    JSON.stringify(plan.passwords),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
