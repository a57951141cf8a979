import type { InspectParts } from '../../../src/commands/inspect/inspect-places.js';
import { commandScene } from '../../../testing/command-scene.js';

export type InspectionDifferences = Partial<InspectParts>;

/** A scene that is inspected, with what is otherwise than in others. */
export function inspectionScene(differences: InspectionDifferences = {}) {
  const scene = commandScene();
  const { lock, openState, liveness, report, clock, random, signal, settings, runner } = scene.acquireParts();
  const parts: InspectParts = {
    places: settings,
    wishes: { snapshots: 10 },
    audience: 'job',
    lock,
    openState,
    bucketVersioning: async () => 'enabled',
    liveness,
    runUrl: 'https://github.com/acme/infrastructure/actions/runs/1',
    runner,
    report,
    clock,
    random,
    signal,
    ...differences,
  };
  return { ...scene, parts, reportOf: () => JSON.parse(scene.runner.outputs['report'] ?? '') };
}
