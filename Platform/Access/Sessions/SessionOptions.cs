namespace FlickStream.Platform.Access.Sessions;

/// <summary>Section <c>Platform:Sessions</c>: how long people stay signed in. Those who can change what others see stay for less.</summary>
public sealed class SessionOptions
{
    /// <summary>A viewer's session that is not used for so long ends.</summary>
    [TimeRange("00:05:00", "400.00:00:00")]
    public TimeSpan ViewerIdle { get; init; } = TimeSpan.FromDays(30);

    /// <summary>A viewer signs in anew after so long, however often they were here.</summary>
    [TimeRange("00:05:00", "400.00:00:00")]
    public TimeSpan ViewerLife { get; init; } = TimeSpan.FromDays(180);

    /// <summary>The same for studios and administrators.</summary>
    [TimeRange("00:05:00", "30.00:00:00")]
    public TimeSpan StaffIdle { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The same for studios and administrators.</summary>
    [TimeRange("00:05:00", "30.00:00:00")]
    public TimeSpan StaffLife { get; init; } = TimeSpan.FromDays(7);

    /// <summary>For so long after showing who they are, people may do what is delicate, such as changing the password.</summary>
    [TimeRange("00:01:00", "1.00:00:00")]
    public TimeSpan ConfirmedFor { get; init; } = TimeSpan.FromMinutes(10);

    internal TimeSpan IdleOf(string role) => role == Roles.Viewer ? ViewerIdle : StaffIdle;

    internal TimeSpan LifeOf(string role) => role == Roles.Viewer ? ViewerLife : StaffLife;
}
