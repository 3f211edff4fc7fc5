using FlickStream.Portal.Mail;

namespace FlickStream.Portal.Tests.Subscriptions.Simulation;

/// <summary>Counts letters by whom they are to and what they say.</summary>
internal sealed class CountingCarrier : IMailCarrier
{
    public Dictionary<(string To, string Text), int> Reminders { get; } = [];

    public int Letters { get; private set; }

    public Task CarryAsync(Letter letter, string id, CancellationToken cancellationToken)
    {
        Letters++;
        if (letter.Subject == "Your subscription renews soon")
            Reminders[(letter.To!, letter.Text)] = Reminders.GetValueOrDefault((letter.To!, letter.Text)) + 1;
        return Task.CompletedTask;
    }
}
