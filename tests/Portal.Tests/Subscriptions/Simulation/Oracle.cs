using System.Globalization;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Reckons what one subscription must give its owner and cost them, of what the bank did and what its owner was told alone, by a calendar and a
/// price list of its own.</summary>
internal sealed class Oracle(string subscriptionId, string firstPaymentId, TimeZoneInfo zone, string currency, Promotion? promotion, int trialDays)
{
    // A lost dispute is known when the provider is asked, should nothing be told: twice a day.
    private static readonly TimeSpan Known = TimeSpan.FromHours(16);
    private static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    private DateTime _anchor;
    private int _paidPeriods;
    private DateTimeOffset _paidFrom;
    private DateTimeOffset _paidThrough = DateTimeOffset.MinValue;
    private DateTimeOffset _newsAt;
    private DateTimeOffset? _lostAt;
    private Promotion? _periods;
    private int? _left = promotion?.Periods;

    public string Id => subscriptionId;

    public Promotion? Promotion => promotion;

    public int TrialDays => trialDays;

    /// <summary>The latest thing that happened: what is asked soon after may still be on its way.</summary>
    public DateTimeOffset NewsAt
    {
        get => _newsAt;
        set => _newsAt = value > _newsAt ? value : _newsAt;
    }

    public string Plan { get; set; } = "";

    public string? NextPlan { get; set; }

    public bool IsEnding { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>Its owner's account is to be deleted, or shut out.</summary>
    public bool IsLeft { get; private set; }

    /// <summary>That its owner asked for and the bank has not charged yet, and what it was to cost.</summary>
    public (string Plan, long Coins)? Wanted { get; set; }

    /// <summary>When its owner last took the renewal back, or wanted it again.</summary>
    public DateTimeOffset ChangedMindAt { get; private set; }

    /// <summary>The ends of periods that were followed by another.</summary>
    public List<DateTimeOffset> Renewed { get; } = [];

    public bool IsBegun => _paidThrough > DateTimeOffset.MinValue;

    /// <summary>What the first charge, or the next, is to be.</summary>
    public long NextCoins => PriceList.MonthOf(NextPlan ?? Plan, currency, Next(NextPlan ?? Plan));

    public void Begin(DateTimeOffset at)
    {
        _anchor = TimeZoneInfo.ConvertTime(at, zone).DateTime.AddDays(trialDays);
        _paidFrom = at;
        _paidPeriods = 0;
        if (trialDays > 0) _paidThrough = At(0);
        else Pass();
        NewsAt = at;
    }

    public void SetEnding(bool isEnding, bool isOver, DateTimeOffset now)
    {
        (IsEnding, IsOver, ChangedMindAt, NewsAt) = (isEnding, IsOver || isOver, now, now);
    }

    /// <summary>It ends with what is paid for; where that is over, as soon as it is seen to, which is at the next try or when the grace is over.</summary>
    public void Leave(DateTimeOffset now)
    {
        (IsLeft, ChangedMindAt, NewsAt) = (true, now, now);
        if (IsBegun && now >= _paidThrough) NewsAt = _paidThrough + Grace;
    }

    /// <summary>Its owner stays after all.</summary>
    public void Stay(bool isOver, DateTimeOffset now)
    {
        (IsLeft, IsOver, ChangedMindAt) = (false, IsOver || isOver, now);
        // Whether it was over is known now, whatever was still awaited but for a bank.
        if (_lostAt is null) _newsAt = now;
    }

    /// <summary>A bank has decided against it.</summary>
    public void Lose(DateTimeOffset now)
    {
        if (IsOver) return;
        (IsOver, _lostAt, ChangedMindAt, NewsAt) = (true, now, now, now + Known);
    }

    /// <summary>What another plan costs today; null where it is no upgrade.</summary>
    public long? UpgradeTo(string plan, DateTimeOffset now)
    {
        if (!PriceList.IsDearer(plan, Plan, currency)) return null;
        if (_paidPeriods == 0) return 0;
        var (of, left) = ((Day(_paidThrough) - Day(_paidFrom)).Days, Math.Max(1, (Day(_paidThrough) - Day(now)).Days));
        return PriceList.UpgradeOf(Plan, plan, currency, _periods, Math.Min(left, of), of) is >= 0 and var coins ? coins : null;
    }

    /// <summary>What is free renews by itself.</summary>
    public void Renew(DateTimeOffset now)
    {
        if (IsLeft && IsBegun && now >= _paidThrough) NewsAt = _paidThrough;
        while (IsBegun && !IsOver && !IsEnding && !IsLeft && now >= _paidThrough && NextCoins == 0) Turn(_paidThrough);
    }

    /// <summary>What the bank's charge was for, and what it should have been; null for nothing that this account asked for.</summary>
    public (string What, long Coins)? Charged(string paymentId, bool isAway, DateTimeOffset now)
    {
        NewsAt = now;
        if (paymentId == firstPaymentId) return ("first", PriceList.MonthOf(Plan, currency, promotion));
        // Nobody here can know yet.
        if (_lostAt is { } lost) return isAway || now < lost + Known ? ("after a lost dispute", -1) : null;
        if (IsOver) return null;
        if (paymentId == SandboxGateway.IdOf("pi", $"sub:{subscriptionId}:period:{_paidThrough.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}"))
        {
            var coins = NextCoins;
            Turn(now);
            return ("renewal", coins);
        }

        if (Wanted is not { } wanted) return null;
        (Plan, NextPlan, Wanted) = (wanted.Plan, null, null);
        return ("upgrade", wanted.Coins);
    }

    public string? PlanAt(DateTimeOffset now) =>
        IsOver || !IsBegun ? null
        : now < _paidThrough ? Plan
        : IsEnding || IsLeft || now >= _paidThrough + Grace ? null
        : NextPlan ?? Plan;

    public override string ToString() =>
        $"{Plan} of {Id}, then {NextPlan}, wanted {Wanted}, {_paidPeriods} periods through {_paidThrough:u}, {(IsEnding ? "ending" : "")} {(IsLeft ? "left" : "")} {(IsOver ? "over" : "")} {promotion?.Code} {_left}, lost {_lostAt:u}, news {NewsAt:u}";

    private void Turn(DateTimeOffset news)
    {
        Renewed.Add(_paidThrough);
        (_paidFrom, Plan, NextPlan) = (_paidThrough, NextPlan ?? Plan, null);
        Pass();
        NewsAt = news;
    }

    /// <summary>Another period, and one charge less that the code lowers.</summary>
    private void Pass()
    {
        _periods = Next(Plan);
        if (_periods is not null) _left--;
        _paidThrough = At(++_paidPeriods);
    }

    private Promotion? Next(string plan) => promotion?.IsFor(plan) is true && _left is null or > 0 ? promotion : null;

    private DateTime Day(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).Date;

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
