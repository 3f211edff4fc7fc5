using System.Globalization;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Reckons what one subscription must give its owner, of what the bank did and what its owner was told alone, and by a calendar of its own.</summary>
internal sealed class Oracle(string subscriptionId, string firstPaymentId, TimeZoneInfo zone)
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private DateTime _anchor;
    private int _paidPeriods;
    private DateTimeOffset _paidThrough = DateTimeOffset.MinValue;

    public string Id => subscriptionId;

    /// <summary>The latest thing that happened: what is asked soon after may still be on its way.</summary>
    public DateTimeOffset NewsAt { get; set; }

    public string Plan { get; set; } = "";

    public string? NextPlan { get; set; }

    public bool IsEnding { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>That its owner asked for and the bank has not charged yet.</summary>
    public string? WantedPlan { get; set; }

    /// <summary>When its owner last took the renewal back, or wanted it again.</summary>
    public DateTimeOffset ChangedMindAt { get; private set; }

    /// <summary>The ends of periods that were followed by a paid one.</summary>
    public List<DateTimeOffset> Renewed { get; } = [];

    public bool IsBegun => _paidThrough > DateTimeOffset.MinValue;

    public DateTimeOffset PaidThrough => _paidThrough;

    public void Begin(DateTimeOffset at, int trialDays, string plan)
    {
        Plan = plan;
        _anchor = TimeZoneInfo.ConvertTime(at, zone).DateTime.AddDays(trialDays);
        _paidPeriods = trialDays > 0 ? 0 : 1;
        _paidThrough = At(_paidPeriods);
        NewsAt = at;
    }

    public void SetEnding(bool isEnding, bool isOver, DateTimeOffset now)
    {
        (IsEnding, IsOver, ChangedMindAt, NewsAt) = (isEnding, IsOver || isOver, now, now);
    }

    /// <summary>What the bank's charge was for; null for nothing that this account asked for.</summary>
    public string? Charged(string paymentId, DateTimeOffset now)
    {
        NewsAt = now;
        if (paymentId == firstPaymentId) return "first";
        if (IsOver) return null;
        if (paymentId == SandboxGateway.IdOf("pi", $"sub:{subscriptionId}:period:{_paidThrough.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}"))
        {
            Renewed.Add(_paidThrough);
            _paidThrough = At(++_paidPeriods);
            (Plan, NextPlan) = (NextPlan ?? Plan, null);
            return "renewal";
        }

        if (WantedPlan is null) return null;
        (Plan, NextPlan, WantedPlan) = (WantedPlan, null, null);
        return "upgrade";
    }

    public string? PlanAt(DateTimeOffset now) =>
        IsOver || !IsBegun ? null
        : now < _paidThrough ? Plan
        : IsEnding || now >= _paidThrough + Grace ? null
        : NextPlan ?? Plan;

    public override string ToString() =>
        $"{Plan} of {Id}, then {NextPlan}, wanted {WantedPlan}, {_paidPeriods} periods through {_paidThrough:u}, {(IsEnding ? "ending" : "")} {(IsOver ? "over" : "")}, news {NewsAt:u}";

    private DateTimeOffset At(int months)
    {
        var local = DateTime.SpecifyKind(_anchor.AddMonths(months), DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            // As far after the skipped hour as it lies in it.
            var before = zone.GetUtcOffset(local.AddHours(-3));
            return new DateTimeOffset(local, before).ToUniversalTime();
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
