namespace FlickStream.Transcoder.Board;

/// <summary>There is no plan for what inspection has accepted, now or at another try. What reads or writes documents throws otherwise.</summary>
internal sealed class PlanningFailedException(Exception cause) : Exception(cause.Message, cause);
