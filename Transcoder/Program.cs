using FlickStream.Transcoder;
using FlickStream.Platform.Http;

var builder = WebApplication.CreateBuilder(args);
builder.AddTranscoder();

var app = builder.Build();
app.UsePlatform();
app.MapTranscoder();
app.Run();
