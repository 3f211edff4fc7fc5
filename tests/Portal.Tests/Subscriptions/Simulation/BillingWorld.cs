using FlickStream.Platform.Documents;
using FlickStream.Portal.Accounts;
using FlickStream.Portal.Mail;
using FlickStream.Portal.Subscriptions;
using FlickStream.Portal.Subscriptions.Gateways.Sandbox;
using FlickStream.Portal.Subscriptions.Gateways.Webhooks;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Two nodes, a provider that has its own documents' truth, and customers, for as long as the clock is moved.</summary>
internal sealed class BillingWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2027, 1, 3, 0, 20, 0, TimeSpan.Zero);

    private static readonly TimeSpan Settled = TimeSpan.FromHours(3);
    private static readonly string[] Zones = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/Santiago", "Asia/Tokyo"];

    private readonly TestDocuments _storage = new();
    private readonly Dictionary<string, Customer> _customers = [];
    private readonly Dictionary<string, Stored<Subscription>> _latest = [];
    private readonly Dictionary<string, string> _ofAccount = [];
    private readonly HashSet<string> _charges = [];
    private readonly List<(DateTimeOffset At, byte[] Body)> _onTheWay = [];
    private readonly Lock _lock = new();
    private readonly SandboxEvents _events;
    private readonly MailSender _mail;
    private (DateTimeOffset From, DateTimeOffset To) _outage = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);

    public BillingWorld(int seed)
    {
        Fate = new Fate(seed);
        var protection = new EphemeralDataProtectionProvider();
        // What the provider keeps no node's death touches.
        var outside = new FaultyDocuments(_storage.Documents, new Fate(0) { IsKind = true }, Written);
        _events = new SandboxEvents(outside, Clock);
        var gateway = new SandboxGateway(outside, new MoodyBank(Fate), _events, Clock);
        Nodes = [.. Enumerable.Range(0, 2).Select(_ => new Node(
            new FaultyDocuments(_storage.Documents, Fate, Written), new FaultyGateway(gateway, Fate), new SandboxEvents(new EmptyDocuments(), Clock), protection, Clock))];
        Crowd = new Crowd(Nodes, new SandboxCounter(outside, _events, Clock), Fate, Clock);
        _mail = new MailSender(
            new MailQueue(_storage.Documents, protection, new Node.DeadBus(), Clock), Carrier, _storage.Documents, new Node.DeadBus(), Clock, Options.Create(new MailOptions()),
            NullLogger<MailSender>.Instance);
    }

    public FakeTimeProvider Clock { get; } = new(Start);

    public Fate Fate { get; }

    public IReadOnlyList<Node> Nodes { get; }

    public Crowd Crowd { get; }

    public CountingCarrier Carrier { get; } = new();

    public Verdict Verdict { get; } = new();

    public IDocuments Documents => _storage.Documents;

    public IReadOnlyCollection<Customer> Customers => _customers.Values;

    /// <summary>As it was last written.</summary>
    public IReadOnlyDictionary<string, Stored<Subscription>> Latest => _latest;

    public async Task FillAsync(int accounts)
    {
        var store = new AccountStore(_storage.Documents);
        for (var i = 0; i < accounts; i++)
        {
            var (id, zone) = ($"account{i:d6}", Zones[i % Zones.Length]);
            await store.AddAsync(
                new Account { Id = id, Email = $"{id}@example.org", EmailKey = $"{id}@example.org", PasswordHash = "", TimeZone = zone, CreatedAt = Start }, CancellationToken.None);
            _customers[id] = new Customer { AccountId = id, Zone = TimeZoneInfo.FindSystemTimeZoneById(zone), ActsAt = Start + TimeSpan.FromDays(40 * Fate.Next()) };
        }
    }

    /// <summary>One hour: what people do, what the provider tells, what the schedule does, and whether everybody may watch what they should.</summary>
    public async Task HourAsync(bool isQuiet)
    {
        Clock.Advance(TimeSpan.FromHours(1));
        var now = Clock.GetUtcNow();
        if (!isQuiet && now >= _outage.To + TimeSpan.FromDays(20) && Fate.Chance(0.0006)) _outage = (now, now + TimeSpan.FromHours(6 + (60 * Fate.Next())));
        if (now >= _outage.To)
        {
            if (!isQuiet) foreach (var customer in _customers.Values.Where(customer => customer.ActsAt <= now)) await Crowd.ActAsync(customer);
            var isTold = await DeliverAsync(now);
            if (isTold || _latest.Values.Any(stored => Portal.Subscriptions.Billing.SubscriptionTimes.DueAt(stored.Value) <= now))
                await Task.WhenAll(Nodes.Select(node => Task.Run(() => SweepAsync(node))));
            if (now.Hour % 6 == 0) await _mail.SendDueAsync(CancellationToken.None);
        }

        foreach (var customer in _customers.Values) Compare(customer, now);
    }

    public ValueTask DisposeAsync() => _storage.DisposeAsync();

    private void Compare(Customer customer, DateTimeOffset now)
    {
        if (customer.Oracle is not { } oracle) return;
        var isSettled = now - oracle.NewsAt >= Settled && (now >= _outage.To + Settled || oracle.NewsAt < _outage.From - Settled);
        if (!isSettled)
        {
            Verdict.PassedOver++;
            return;
        }

        Verdict.Compared++;
        var given = _ofAccount.TryGetValue(customer.AccountId, out var id) && _latest[id].Value is { IsEnded: false } live ? live.PlanAt(now) : null;
        if (given != oracle.PlanAt(now)) Verdict.Fail($"{now:u}: may watch {given ?? "nothing"}, should {oracle}; is {(id is null ? "nobody" : _latest[id].Value)}");
    }

    private static async Task SweepAsync(Node node)
    {
        try
        {
            await node.Sweep.SweepAsync(CancellationToken.None);
        }
        catch (NodeKilledException)
        {
            // The next hour it is there again.
        }
    }

    /// <summary>A fifth of the webhooks is lost, a fifth comes twice, and each when it will.</summary>
    private async Task<bool> DeliverAsync(DateTimeOffset now)
    {
        await foreach (var told in _events.DueAsync(CancellationToken.None))
        {
            var copies = Fate.Next() switch { < 0.2 => 0, < 0.4 => 2, _ => 1 };
            for (var i = 0; i < copies; i++)
                _onTheWay.Add((now + (Fate.Chance(0.7) ? TimeSpan.Zero : TimeSpan.FromHours(30 * Fate.Next())), SandboxEvents.BodyOf(told.Value)));
            await _events.DoneAsync(told, CancellationToken.None);
        }

        var arriving = _onTheWay.Where(told => told.At <= now).OrderBy(_ => Fate.Next()).ToList();
        _onTheWay.RemoveAll(told => told.At <= now);
        if (arriving.Count == 0) return false;
        var secret = await _events.SecretAsync(CancellationToken.None);
        foreach (var (_, body) in arriving)
        {
            try
            {
                if (!await Fate.Pick(Nodes).Intake.TakeAsync(body, WebhookSignature.Sign(body, secret, now), CancellationToken.None)) Verdict.Fail("a webhook was refused");
            }
            catch (NodeKilledException)
            {
                _onTheWay.Add((now + TimeSpan.FromHours(1), body)); // Not answered: the provider tells it again.
            }
        }

        return true;
    }

    private void Written(object stored)
    {
        lock (_lock)
        {
            if (stored is Stored<Subscription> subscription) Seen(subscription);
            if (stored is Stored<SandboxPayment> { Value: { State: Portal.Subscriptions.Gateways.PaymentState.Paid } payment } && _charges.Add(payment.Id)) Charged(payment);
        }
    }

    private void Seen(Stored<Subscription> seen)
    {
        if (_latest.TryGetValue(seen.Id, out var before) && before.Version >= seen.Version) return;
        _latest[seen.Id] = seen;
        if (!seen.Value.IsEnded) _ofAccount[seen.Value.AccountId] = seen.Id;
        var oracle = _customers[seen.Value.AccountId].Oracle;
        if (oracle?.Id == seen.Id && !oracle.IsBegun && seen.Value.Period is { } first) oracle.Begin(first.Start, seen.Value.TrialDays, seen.Value.Plan.PlanId);
    }

    private void Charged(SandboxPayment payment)
    {
        var customer = _customers[_latest[payment.SubscriptionId].Value.AccountId];
        var what = customer.Oracle?.Id == payment.SubscriptionId ? customer.Oracle.Charged(payment.Id, Clock.GetUtcNow()) : null;
        Verdict.Charged(what ?? "nothing");
        if (what is null) Verdict.Fail($"{Clock.GetUtcNow():u} {customer.AccountId} was charged {payment.Amount} for nothing ({payment.Id} of {payment.SubscriptionId})");
    }
}
