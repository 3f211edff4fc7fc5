using Quartz;

namespace FlickStream.Portal.Profiles;

/// <summary>Removes what was written for profiles while they were deleted, and then them. Every node may run it, and twice.</summary>
[DisallowConcurrentExecution]
internal sealed class ProfileSweep(ProfileStore profiles, IEnumerable<IProfileData> slices, ILogger<ProfileSweep> log) : IJob
{
    public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) => new(SweepAsync(cancellationToken));

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await foreach (var (id, _, profile) in profiles.LeftAsync(cancellationToken))
        {
            try
            {
                foreach (var slice in slices) await slice.DeleteProfileAsync(profile.AccountId, id, cancellationToken);
                await profiles.RemoveAsync(id, cancellationToken);
            }
            catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
            {
                // One that cannot be removed now must not keep the others; the next sweep tries again.
                log.LogError(fault, "What is left of profile {Profile} could not be removed.", id);
            }
        }
    }
}
