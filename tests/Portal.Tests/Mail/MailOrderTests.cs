using FlickStream.Portal.Mail;
using FlickStream.Portal.Tests.Subscriptions.Simulation;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlickStream.Portal.Tests.Mail;

/// <summary>Which letter goes first where many wait.</summary>
public sealed class MailOrderTests : IAsyncDisposable
{
    private const int Many = 40;

    private readonly TestDocuments _storage = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly Postman _postman = new();
    private readonly MailQueue _queue;
    private readonly MailSender _sender;

    public MailOrderTests()
    {
        _queue = new MailQueue(_storage.Documents, new EphemeralDataProtectionProvider(), new Node.DeadBus(), _clock);
        _sender = new MailSender(
            _queue, _postman, _storage.Documents, new Node.DeadBus(), _clock, Options.Create(new MailOptions { AtOnce = 1 }), NullLogger<MailSender>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        await _storage.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_that_somebody_waits_for_goes_before_those_of_a_release()
    {
        await PostAsync("release", isUrgent: false);
        _postman.AtThird = () => _queue.PostAsync(Letter.Urgent("somebody@example.org", "reset", "a link"), Ct);
        await _sender.SendDueAsync(Ct);
        Assert.Equal(Many + 1, _postman.Carried.Count);
        Assert.InRange(_postman.Carried.IndexOf("reset"), 3, 5);
    }

    [Fact]
    public async Task Any_number_of_urgent_letters_holds_no_others_up()
    {
        await _queue.PostAsync(new Letter("somebody@example.org", "reminder", "it renews"), Ct);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await PostAsync("reset", isUrgent: true);
        await _sender.SendDueAsync(Ct);
        Assert.Equal(Many + 1, _postman.Carried.Count);
        Assert.InRange(_postman.Carried.IndexOf("reminder"), 0, 5);
    }

    private async Task PostAsync(string subject, bool isUrgent)
    {
        for (var letter = 0; letter < Many; letter++)
        {
            await _queue.PostAsync(new Letter("somebody@example.org", subject, "words") { IsUrgent = isUrgent }, Ct);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private sealed class Postman : IMailCarrier
    {
        public List<string> Carried { get; } = [];

        public Func<Task>? AtThird { get; set; }

        public async Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken)
        {
            Carried.Add(letter.Subject);
            if (Carried.Count == 3 && AtThird is { } act) await act();
        }
    }
}
