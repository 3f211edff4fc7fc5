using FlickStream.Transcoder;

var builder = WebApplication.CreateBuilder(args);
builder.AddTranscoder();

var app = builder.Build();
app.MapTranscoder();
app.Run();
