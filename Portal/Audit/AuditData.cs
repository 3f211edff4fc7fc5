using FlickStream.Portal.Accounts;

namespace FlickStream.Portal.Audit;

/// <summary>What somebody did with privileges, and what was done to them. Events stay when the account goes: they name it by its id alone, and one that is
/// taken out breaks the chain.</summary>
internal sealed class AuditData(AuditLog log) : IPersonalData
{
    public string Section => "audit";

    /// <summary>Who did what others did is theirs, and is left out.</summary>
    public async Task<object> ExportAsync(string accountId, CancellationToken cancellationToken)
    {
        var self = $"account:{accountId}";
        return new
        {
            done = await log.AllAsync(new(Actor: self), cancellationToken).Select(one => new { one.At, one.Action, one.Subject, one.Detail }).ToListAsync(cancellationToken),
            undergone = await log.AllAsync(new(Subject: self), cancellationToken).Where(one => one.Actor != self)
                .Select(one => new { one.At, one.Action, one.Detail }).ToListAsync(cancellationToken),
        };
    }

    public Task DeleteAsync(string accountId, CancellationToken cancellationToken) => Task.CompletedTask;
}
